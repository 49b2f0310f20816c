package lpm.hostagent.disks.ceph;

import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes a file's bytes into a new image, leaving out what is zero anyway. */
final class SparseImport {
    /** As large as the image's objects: nothing is written to an object that would hold zeroes only. */
    private static final int CHUNK = 4 * 1024 * 1024;

    private static final int BLOCK = 4096;
    private static final int SEEK_DATA = 3;
    private static final int SEEK_HOLE = 4;
    private static final int READ_ONLY = 0;

    private final RbdLibrary rbd;
    private final LibC libc = Native.load("c", LibC.class);

    SparseImport(RbdLibrary rbd) {
        this.rbd = rbd;
    }

    /** Java has no way to skip a hole, and a disk of 100 GiB with an empty file system is one hole. */
    interface LibC extends Library {
        int open(String path, int flags);

        long lseek(int file, long offset, int whence);

        int close(int file);
    }

    /** Answers when all is flushed to the pool. */
    void write(Path file, Pointer image, String name) {
        int holes = libc.open(file.toString(), READ_ONLY);
        try (FileChannel from = FileChannel.open(file, StandardOpenOption.READ);
                Memory buffer = new Memory(CHUNK)) {
            long end = from.size();
            for (long at = nextData(holes, 0, end); at < end; at = nextData(holes, at + CHUNK, end)) {
                int length = (int) Math.min(CHUNK, end - at);
                ByteBuffer chunk = buffer.getByteBuffer(0, length);
                while (chunk.hasRemaining() && from.read(chunk, at + chunk.position()) >= 0) {
                    // a read may bring less than was asked for
                }
                if (chunk.hasRemaining()) {
                    throw new IOException(file + " became shorter while it was read");
                }
                writeChunk(chunk.flip(), at, image, buffer, name);
            }
            Answers.check(rbd.rbd_flush(image), name + " is flushed");
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        } finally {
            libc.close(holes);
        }
    }

    /** The start of the next chunk with data; where the file system cannot tell holes, the next chunk. */
    private long nextData(int file, long at, long end) {
        if (at >= end || libc.lseek(file, 0, SEEK_HOLE) < 0) {
            return at;
        }
        long data = libc.lseek(file, at, SEEK_DATA);
        return data < 0 ? end : Math.max(at, data / CHUNK * CHUNK);
    }

    /** From the first block with data to the last one. */
    private void writeChunk(ByteBuffer chunk, long at, Pointer image, Memory buffer, String name) {
        int first = 0;
        int last = chunk.limit();
        while (first < last && isZero(chunk, first)) {
            first += BLOCK;
        }
        while (last > first && isZero(chunk, (last - 1) / BLOCK * BLOCK)) {
            last = (last - 1) / BLOCK * BLOCK;
        }
        if (first >= last) {
            return;
        }
        Answers.check(rbd.rbd_write(image, at + first, last - first, buffer.share(first)), name + " is written");
    }

    private static boolean isZero(ByteBuffer chunk, int from) {
        int to = Math.min(from + BLOCK, chunk.limit());
        for (int i = from; i < to; i++) {
            if (chunk.get(i) != 0) {
                return false;
            }
        }
        return true;
    }
}
