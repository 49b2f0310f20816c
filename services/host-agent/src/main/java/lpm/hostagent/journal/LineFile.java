package lpm.hostagent.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A file of lines that a crash at any byte cannot spoil: each line carries its checksum, and a torn end is cut off when
 * the file is opened. A damaged line before a sound one is no torn end: then a person must look.
 */
public final class LineFile implements AutoCloseable {
    private static final int CHECKSUM_CHARS = 8;
    private static final int SPARE_BYTES = 64 * 1024;

    private final Path file;
    private FileChannel channel;
    /** Where the last line ends that was appended as a whole. */
    private long sound;

    private LineFile(Path file, FileChannel channel, long sound) {
        this.file = file;
        this.channel = channel;
        this.sound = sound;
    }

    /** An open file and the lines that were in it. */
    public record Opened(LineFile file, List<String> lines) {
        public Opened {
            lines = List.copyOf(lines);
        }
    }

    /** Opens the file, makes it where there is none, and cuts a torn end off. */
    public static Opened open(Path file) {
        try {
            Files.deleteIfExists(beside(file));
            byte[] content = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
            List<String> lines = new ArrayList<>();
            int sound = read(file, content, lines);
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            channel.truncate(sound);
            return new Opened(new LineFile(file, channel, sound), lines);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open " + file, e);
        }
    }

    /** Appends one line; a durable one is on the disk when this returns. What a failed one left is written over. */
    public void append(String line, boolean durable) {
        byte[] framed = framed(line);
        try {
            channel.truncate(sound);
            channel.position(sound);
            writeFully(channel, framed);
            if (durable) {
                channel.force(false);
            }
            sound += framed.length;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + file, e);
        }
    }

    /** Makes sure that all lines could be written anew and some more appended; a few bytes fit on a full disk too. */
    public void proveRoom() {
        try {
            channel.truncate(sound);
            channel.position(sound);
            writeFully(channel, new byte[Math.toIntExact(sound) + SPARE_BYTES]);
            channel.force(false);
            channel.truncate(sound);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + file, e);
        }
    }

    /** Replaces all lines at once: a crash leaves the old file or the new one. */
    public void replace(List<String> lines) {
        Path next = beside(file);
        try {
            FileChannel fresh = FileChannel.open(
                    next,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rw-------"));
            for (String line : lines) {
                writeFully(fresh, framed(line));
            }
            fresh.force(true);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
                folder.force(true);
            }
            channel.close();
            channel = fresh;
            sound = fresh.size();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot replace " + file, e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close " + file, e);
        }
    }

    /** Collects the sound lines and says where they end. */
    private static int read(Path file, byte[] content, List<String> lines) {
        int sound = 0;
        int start = 0;
        boolean damaged = false;
        for (int i = 0; i < content.length; i++) {
            if (content[i] == '\n') {
                String line = new String(content, start, i - start, StandardCharsets.UTF_8);
                boolean good = isSound(line);
                if (good && damaged) {
                    throw new IllegalStateException(
                            file + " is damaged before its end; move it away to start with an empty one");
                }
                if (good) {
                    lines.add(line.substring(CHECKSUM_CHARS + 1));
                    sound = i + 1;
                }
                damaged |= !good;
                start = i + 1;
            }
        }
        return sound;
    }

    private static boolean isSound(String line) {
        return line.length() > CHECKSUM_CHARS
                && line.charAt(CHECKSUM_CHARS) == ' '
                && line.substring(0, CHECKSUM_CHARS).equals(checksum(line.substring(CHECKSUM_CHARS + 1)));
    }

    private static byte[] framed(String line) {
        return (checksum(line) + " " + line + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String checksum(String text) {
        CRC32C sum = new CRC32C();
        sum.update(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) sum.getValue());
    }

    private static void writeFully(FileChannel to, byte[] bytes) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
            to.write(rest);
        }
    }

    private static Path beside(Path file) {
        return file.resolveSibling(file.getFileName() + ".new");
    }
}
