package lpm.hostagent.disks.ceph;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Images of one Ceph pool by name. Calls take as long as they take, up to the connection's limit for each request. */
final class RbdImages {
    /**
     * Layering only: the owner epoch decides who writes. Exclusive-lock would make the kernel hand its own lock over in
     * the pause of a migration, and two hosts have the image mapped then (decision 0014 has the figures).
     */
    static final long FEATURES = 1;

    private static final int MAX_WATCHERS = 64;
    private static final int WATCHER_BYTES = 24;

    private final CephCluster cluster;
    private final RbdLibrary rbd;

    RbdImages(CephCluster cluster) {
        this.cluster = cluster;
        this.rbd = cluster.libraries().rbd();
    }

    /** What is done with an open image; it must not keep the pointer. */
    interface Work<T> {
        T on(Pointer image);
    }

    /** The image's size in bytes; empty where there is none. */
    Optional<Long> size(String name) {
        return cluster.call(on -> {
            PointerByReference opened = new PointerByReference();
            int answer = rbd.rbd_open_read_only(on.ioctx(), name, opened, null);
            if (answer == Answers.NOT_THERE) {
                return Optional.empty();
            }
            Answers.check(answer, name + " is opened");
            return Optional.of(closing(opened.getValue(), image -> sizeOf(image, name)));
        });
    }

    void create(String name, long bytes) {
        cluster.call(on -> Answers.check(
                rbd.rbd_create2(on.ioctx(), name, bytes, FEATURES, new IntByReference(0)), name + " is created"));
    }

    /** Whether it is gone or was not there. */
    boolean remove(String name) {
        return cluster.call(on -> {
            int answer = rbd.rbd_remove(on.ioctx(), name);
            return answer != Answers.NOT_THERE && Answers.check(answer, name + " is removed") == 0;
        });
    }

    /** Gives it another name; whether nothing had that name yet. */
    boolean rename(String name, String newName) {
        return cluster.call(on -> {
            int answer = rbd.rbd_rename(on.ioctx(), name, newName);
            return answer != Answers.THERE && Answers.check(answer, name + " is renamed to " + newName) == 0;
        });
    }

    <T> T writing(String name, Work<T> work) {
        return open(name, Optional.empty(), work);
    }

    /** Copies what the image is now, although it may be written, by a snapshot that is gone afterwards. */
    void copy(String name, String newName) {
        String snapshot = "lpm.for." + newName;
        writing(name, image -> {
            dropSnapshot(image, name, snapshot);
            return Answers.check(rbd.rbd_snap_create(image, snapshot), "a snapshot of " + name);
        });
        cluster.call(on -> open(
                name,
                Optional.of(snapshot),
                image -> Answers.check(rbd.rbd_copy(image, on.ioctx(), newName), name + " is copied")));
        forgetCopy(name, newName);
    }

    /** Takes away what a copy that died half way has left at its source. */
    void forgetCopy(String name, String newName) {
        writing(name, image -> dropSnapshot(image, name, "lpm.for." + newName));
    }

    private int dropSnapshot(Pointer image, String name, String snapshot) {
        int answer = rbd.rbd_snap_remove(image, snapshot);
        return answer == Answers.NOT_THERE ? 0 : (int) Answers.check(answer, "a snapshot of " + name + " is removed");
    }

    /** Grows or shrinks it, also while others have it open. */
    void resize(String name, long bytes) {
        writing(name, image -> Answers.check(rbd.rbd_resize(image, bytes), name + " is resized"));
    }

    /** The addresses of the clients that have it open for writing, such as {@code 10.0.0.7:0/123}. */
    List<String> watchers(String name) {
        return cluster.call(on -> {
            PointerByReference opened = new PointerByReference();
            int answer = rbd.rbd_open_read_only(on.ioctx(), name, opened, null);
            if (answer == Answers.NOT_THERE) {
                return List.of();
            }
            Answers.check(answer, name + " is opened");
            return closing(opened.getValue(), image -> watchersOf(image, name));
        });
    }

    private List<String> watchersOf(Pointer image, String name) {
        try (Memory found = new Memory((long) MAX_WATCHERS * WATCHER_BYTES)) {
            LongByReference count = new LongByReference(MAX_WATCHERS);
            Answers.check(rbd.rbd_watchers_list(image, found, count), "who has " + name + " open");
            List<String> addresses = new ArrayList<>();
            for (int i = 0; i < count.getValue(); i++) {
                addresses.add(found.getPointer((long) i * WATCHER_BYTES).getString(0));
            }
            rbd.rbd_watchers_list_cleanup(found, count.getValue());
            return addresses;
        }
    }

    private <T> T open(String name, Optional<String> snapshot, Work<T> work) {
        return cluster.call(on -> {
            PointerByReference opened = new PointerByReference();
            int answer = snapshot.isPresent()
                    ? rbd.rbd_open_read_only(on.ioctx(), name, opened, snapshot.get())
                    : rbd.rbd_open(on.ioctx(), name, opened, null);
            Answers.check(answer, name + " is opened");
            return closing(opened.getValue(), work);
        });
    }

    private <T> T closing(Pointer image, Work<T> work) {
        try {
            return work.on(image);
        } finally {
            // What was written is flushed before; a close that fails leaves a watch that times out by itself.
            rbd.rbd_close(image);
        }
    }

    private long sizeOf(Pointer image, String name) {
        LongByReference bytes = new LongByReference();
        Answers.check(rbd.rbd_get_size(image, bytes), "the size of " + name);
        return bytes.getValue();
    }
}
