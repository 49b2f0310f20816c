package lpm.hostagent.disks.ceph;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import lpm.contracts.DiskSpec;
import lpm.contracts.HostId;
import lpm.contracts.host.RootAccess;
import lpm.hostagent.disks.FileSystems;
import lpm.hostagent.disks.Programs;
import lpm.hostagent.disks.RawImages;
import lpm.hostagent.disks.RootLogin;
import lpm.hostagent.hypervisor.PortRefusal;

/**
 * Makes images. Each is made under a name of this host's own and renamed when it is whole: a name that is there stands
 * for whole bytes. Making what is there is done at once. Sizes are in MiB.
 */
final class NewImages {
    private static final long MIB = 1024 * 1024;

    private final HostId self;
    private final RbdImages images;
    private final SparseImport imports;
    private final RawImages sources;

    NewImages(HostId self, RbdImages images, SparseImport imports, RawImages sources) {
        this.self = self;
        this.images = images;
        this.imports = imports;
        this.sources = sources;
    }

    /** What fills new bytes before they get their name. */
    private interface Filling {
        void fill(String part);
    }

    /** Answers with what of the access the image has no place for. */
    Optional<String> disk(String name, DiskSpec disk, Optional<RootAccess> access) {
        List<String> leftOut = new ArrayList<>();
        make(name, disk.sizeMib(), part -> fill(part, disk, access, leftOut::add));
        return leftOut.stream().findFirst();
    }

    long empty(String name, long sizeMib) {
        return make(name, sizeMib, _ -> {});
    }

    long copy(String from, String name, long sizeMib) {
        Optional<Long> source = images.size(from);
        Optional<Long> there = images.size(name);
        String part = partOf(name);
        if (there.isEmpty()) {
            long sourceMib = source.orElseThrow(() -> new PortRefusal("there is no " + from + " to clone")) / MIB;
            if (sourceMib > sizeMib) {
                throw new PortRefusal(
                        from + " has " + sourceMib + " MiB, its clone " + name + " shall have only " + sizeMib);
            }
            images.remove(part);
            images.copy(from, part);
            images.resize(part, sizeMib * MIB);
            giveName(part, name);
        } else if (source.isPresent()) {
            images.forgetCopy(from, part);
        }
        return there.orElse(sizeMib * MIB) / MIB;
    }

    /** Drops what this host made of it and did not finish. */
    void drop(String name) {
        images.remove(partOf(name));
    }

    private long make(String name, long sizeMib, Filling filling) {
        Optional<Long> there = images.size(name);
        if (there.isPresent()) {
            return there.get() / MIB;
        }
        String part = partOf(name);
        images.remove(part);
        images.create(part, sizeMib * MIB);
        filling.fill(part);
        giveName(part, name);
        return sizeMib;
    }

    private void fill(String part, DiskSpec disk, Optional<RootAccess> access, Consumer<String> leftOut) {
        if (disk.image().isEmpty()) {
            if (FileSystems.writes(disk.filesystem())) {
                throughFile(part, sparse -> FileSystems.write(sparse, disk.filesystem(), disk.sizeMib()));
            }
            return;
        }
        Path source = sources.fileFor(disk.image().get(), disk.sizeMib());
        if (access.isEmpty()) {
            write(source, part);
            return;
        }
        throughFile(part, copy -> {
            Programs.run("coreutils", "cp", "--sparse=always", "--reflink=auto", source.toString(), copy.toString());
            RootLogin.put(copy, access.get()).ifPresent(leftOut);
        });
    }

    /** What is made in a file first; only the agent may read that file, and it never stays. */
    private void throughFile(String part, Consumer<Path> filling) {
        Path sparse = temporary();
        try {
            filling.accept(sparse);
            write(sparse, part);
        } finally {
            delete(sparse);
        }
    }

    private void write(Path from, String part) {
        images.writing(part, image -> {
            imports.write(from, image, part);
            return true;
        });
    }

    /** Another host may have been faster with the same order; its bytes are as good. */
    private void giveName(String part, String name) {
        if (!images.rename(part, name)) {
            images.remove(part);
        }
    }

    private String partOf(String name) {
        return name + ".part-" + self;
    }

    private static Path temporary() {
        try {
            return Files.createTempFile("lpm-disk", ".raw");
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary file for a disk", e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the temporary file " + file + " stays", e);
        }
    }
}
