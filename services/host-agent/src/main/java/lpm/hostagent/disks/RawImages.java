package lpm.hostagent.disks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import lpm.hostagent.hypervisor.PortRefusal;

/** The images that disks are made from: raw bytes in one folder. */
public final class RawImages {
    private static final int HEAD = 16;
    private static final int SECTOR = 512;
    private static final long MIB = 1024 * 1024;

    /** First bytes of what is often taken for a raw image, in hexadecimal. */
    private static final Map<String, String> OTHERS = others();

    private final Path folder;

    /** @param folder {@code LPM_IMAGES} */
    public RawImages(Path folder) {
        this.folder = folder;
    }

    private static Map<String, String> others() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("514649fb", "qcow2");
        all.put("1f8b", "gzip");
        all.put("fd377a585a00", "xz");
        all.put("28b52ffd", "zstd");
        all.put("425a68", "bzip2");
        all.put("504b0304", "zip");
        all.put("4b444d56", "vmdk");
        all.put("636f6e6563746978", "vhd");
        all.put("7668647866696c65", "vhdx");
        all.put("3c3c3c20", "vdi");
        all.put("51454400", "qed");
        return all;
    }

    /** The file of an image such as {@code linode/debian12} that fits into a disk; anything else is refused. */
    public Path fileFor(String image, long diskMib) {
        Path file = folder.resolve(image.replace('/', '-') + ".raw").normalize();
        if (!folder.equals(file.getParent()) || !Files.isRegularFile(file)) {
            throw new PortRefusal("there is no image " + image + " on this host: expected the raw file " + file
                    + "; put it there on each host");
        }
        try {
            long bytes = Files.size(file);
            formatOf(file).ifPresent(format -> {
                throw new PortRefusal("image " + image + " is " + format + ", only raw bytes are taken: convert it, "
                        + "such as by qemu-img convert -O raw, and replace " + file);
            });
            if (bytes == 0 || bytes % SECTOR != 0) {
                throw new PortRefusal("image " + image + " has " + bytes + " bytes: expected a positive multiple of "
                        + SECTOR + "; " + file + " is no whole raw image");
            }
            if (bytes > diskMib * MIB) {
                throw new PortRefusal("image " + image + " has " + bytes + " bytes, more than the disk of " + diskMib
                        + " MiB: make the disk at least " + (bytes + MIB - 1) / MIB + " MiB");
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("image " + image + " cannot be read", e);
        }
    }

    private static Optional<String> formatOf(Path file) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(HEAD);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (head.hasRemaining() && channel.read(head) >= 0) {
                // a read may bring less than was asked for
            }
        }
        String hex = HexFormat.of().formatHex(head.array());
        return OTHERS.entrySet().stream()
                .filter(each -> hex.startsWith(each.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
