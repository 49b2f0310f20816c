package lpm.hostagent.disks.ceph;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import lpm.contracts.DiskSpec;
import lpm.contracts.HostId;
import lpm.hostagent.disks.FileSystems;
import lpm.hostagent.disks.RawImages;
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

    long disk(String name, DiskSpec disk) {
        return make(name, disk.sizeMib(), part -> fill(part, disk));
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

    private void fill(String part, DiskSpec disk) {
        if (disk.image().isPresent()) {
            write(sources.fileFor(disk.image().get(), disk.sizeMib()), part);
        } else if (FileSystems.writes(disk.filesystem())) {
            Path sparse = temporary();
            try {
                FileSystems.write(sparse, disk.filesystem(), disk.sizeMib());
                write(sparse, part);
            } finally {
                delete(sparse);
            }
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
            return Files.createTempFile("lpm-filesystem", ".raw");
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary file for a file system", e);
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
