package lpm.hostagent.disks.ceph;

import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import org.jspecify.annotations.Nullable;

/** What is used of librbd.so.1, by its C names. Negative answers are errno values. */
interface RbdLibrary extends Library {
    int rbd_create2(Pointer ioctx, String name, long bytes, long features, IntByReference order);

    int rbd_open(Pointer ioctx, String name, PointerByReference image, @Nullable String snapshot);

    int rbd_open_read_only(Pointer ioctx, String name, PointerByReference image, @Nullable String snapshot);

    int rbd_close(Pointer image);

    int rbd_get_size(Pointer image, LongByReference bytes);

    int rbd_resize(Pointer image, long bytes);

    long rbd_write(Pointer image, long offset, long length, Pointer bytes);

    long rbd_read(Pointer image, long offset, long length, Memory bytes);

    int rbd_flush(Pointer image);

    int rbd_remove(Pointer ioctx, String name);

    int rbd_rename(Pointer ioctx, String name, String newName);

    int rbd_snap_create(Pointer image, String snapshot);

    int rbd_snap_remove(Pointer image, String snapshot);

    int rbd_copy(Pointer image, Pointer ioctx, String name);

    int rbd_watchers_list(Pointer image, Memory watchers, LongByReference count);

    void rbd_watchers_list_cleanup(Memory watchers, long count);
}
