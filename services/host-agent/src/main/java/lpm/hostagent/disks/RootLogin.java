package lpm.hostagent.disks;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lpm.contracts.host.RootAccess;
import lpm.hostagent.hypervisor.PortRefusal;

/**
 * Puts root's password hash and keys into a private copy of an image, by debugfs: nothing is mounted, so nothing of the
 * image is ever run or believed by this host's kernel. The copy must be one ext2, ext3 or ext4 file system.
 */
public final class RootLogin {
    private static final String SHADOW = "/etc/shadow";
    private static final String HOME = "/root";
    private static final String SSH = HOME + "/.ssh";
    private static final String KEYS = SSH + "/authorized_keys";
    private static final Pattern OWNER =
            Pattern.compile("Mode:\\s+(\\d+).*?User:\\s+(\\d+)\\s+Group:\\s+(\\d+)", Pattern.DOTALL);

    private static final int MAGIC_AT = 1024 + 0x38;
    private static final int MAGIC = 0xEF53;
    private static final int INCOMPATIBLE_AT = 1024 + 0x60;
    private static final int NEEDS_RECOVERY = 0x4;

    private final Path image;
    private final Path scratch;
    private final List<String> leftOut = new ArrayList<>();

    private RootLogin(Path image, Path scratch) {
        this.image = image;
        this.scratch = scratch;
    }

    /**
     * Lets root in. Answers with what the image has no place for: a password where it has no {@code /etc/shadow} with
     * a line for root, keys where it has no {@code /root}. An image of another kind is refused.
     */
    public static Optional<String> put(Path image, RootAccess access) {
        mustBeExt(image);
        try {
            Path scratch = Files.createTempDirectory("lpm-root");
            try {
                return new RootLogin(image, scratch).put(access);
            } finally {
                deleteAll(scratch);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("root's password and keys cannot be put into " + image, e);
        }
    }

    private static void mustBeExt(Path image) {
        try (RandomAccessFile bytes = new RandomAccessFile(image.toFile(), "r")) {
            if (bytes.length() <= INCOMPATIBLE_AT || littleEndian(bytes, MAGIC_AT) != MAGIC) {
                throw new PortRefusal("root_pass and authorized_keys are put only into an image that is one ext2, ext3"
                        + " or ext4 file system without partition table, and this one is not: replace it by its root"
                        + " file system");
            }
            if ((littleEndian(bytes, INCOMPATIBLE_AT) & NEEDS_RECOVERY) != 0) {
                throw new PortRefusal("the image's file system was not unmounted cleanly, its journal would undo what"
                        + " is put into it: run e2fsck on the image");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(image + " cannot be read", e);
        }
    }

    private static int littleEndian(RandomAccessFile bytes, long at) throws IOException {
        bytes.seek(at);
        return bytes.read() | bytes.read() << 8;
    }

    private Optional<String> put(RootAccess access) throws IOException {
        if (!access.rootHash().isEmpty()) {
            putPassword(access.rootHash());
        }
        if (!access.authorizedKeys().isEmpty()) {
            putKeys(access.authorizedKeys());
        }
        return leftOut.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", leftOut));
    }

    private void putPassword(String hash) throws IOException {
        Optional<String> shadow = read(SHADOW);
        if (shadow.filter(each -> each.lines().anyMatch(RootLogin::isRoot)).isEmpty()) {
            leftOut.add("root_pass: the image has no " + SHADOW + " with a line for root");
            return;
        }
        Matcher before = OWNER.matcher(debugfs("stat " + SHADOW));
        if (!before.find()) {
            throw new PortRefusal("the owner of the image's " + SHADOW + " cannot be read");
        }
        String changed = shadow.get()
                .lines()
                .map(line -> isRoot(line) ? withHash(line, hash) : line)
                .reduce("", (text, line) -> text + line + "\n");
        debugfs("rm " + SHADOW);
        write(SHADOW, changed, before.group(1), before.group(2), before.group(3));
    }

    private static boolean isRoot(String line) {
        return line.startsWith("root:");
    }

    private static String withHash(String line, String hash) {
        String[] fields = line.split(":", -1);
        fields[1] = hash;
        return String.join(":", fields);
    }

    private void putKeys(List<String> keys) throws IOException {
        if (!isDirectory(HOME)) {
            leftOut.add("authorized_keys: the image has no " + HOME);
            return;
        }
        if (!isDirectory(SSH)) {
            debugfs("mkdir " + SSH, "sif " + SSH + " mode 040700", "sif " + SSH + " uid 0", "sif " + SSH + " gid 0");
        }
        if (read(KEYS).isPresent()) {
            debugfs("rm " + KEYS);
        }
        byte[] lines = (String.join("\n", keys) + "\n").getBytes(StandardCharsets.UTF_8);
        write(KEYS, new String(lines, StandardCharsets.ISO_8859_1), "0600", "0", "0");
    }

    private boolean isDirectory(String path) throws IOException {
        return debugfs("stat " + path).contains("Type: directory");
    }

    /** A new file with exactly this content; debugfs tells failures by words alone, so it is read back. */
    private void write(String path, String content, String mode, String user, String group) throws IOException {
        Path source = Files.writeString(scratch.resolve("source"), content, StandardCharsets.ISO_8859_1);
        String said = debugfs(
                "write \"" + source + "\" " + path,
                "sif " + path + " mode 0100" + mode.substring(1),
                "sif " + path + " uid " + user,
                "sif " + path + " gid " + group);
        if (!read(path).equals(Optional.of(content))) {
            throw new PortRefusal(path + " cannot be written into the image (is it full?): " + said.strip());
        }
    }

    /** Byte by byte: what else is in the file is nobody's business, and must stay as it is. */
    private Optional<String> read(String path) throws IOException {
        Path copy = scratch.resolve("copy");
        debugfs("dump " + path + " \"" + copy + "\"");
        if (!Files.exists(copy)) {
            return Optional.empty();
        }
        String content = Files.readString(copy, StandardCharsets.ISO_8859_1);
        Files.delete(copy);
        return Optional.of(content);
    }

    private String debugfs(String... commands) throws IOException {
        Path script = Files.write(scratch.resolve("script"), Arrays.asList(commands));
        return Programs.run("e2fsprogs", "debugfs", "-w", "-f", script.toString(), image.toString());
    }

    private static void deleteAll(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path each : files.toList()) {
                Files.delete(each);
            }
        }
        Files.delete(folder);
    }
}
