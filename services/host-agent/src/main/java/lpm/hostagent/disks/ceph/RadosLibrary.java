package lpm.hostagent.disks.ceph;

import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import org.jspecify.annotations.Nullable;

/** What is used of librados.so.2, by its C names. Negative answers are errno values. */
interface RadosLibrary extends Library {
    int rados_create(PointerByReference cluster, @Nullable String id);

    int rados_conf_read_file(Pointer cluster, String path);

    int rados_conf_set(Pointer cluster, String option, String value);

    int rados_connect(Pointer cluster);

    void rados_shutdown(Pointer cluster);

    int rados_ioctx_create(Pointer cluster, String pool, PointerByReference ioctx);

    void rados_ioctx_destroy(Pointer ioctx);

    int rados_aio_create_completion(
            @Nullable Pointer argument,
            @Nullable Pointer complete,
            @Nullable Pointer safe,
            PointerByReference completion);

    int rados_aio_wait_for_complete(Pointer completion);

    int rados_aio_get_return_value(Pointer completion);

    void rados_aio_release(Pointer completion);

    int rados_aio_read(Pointer ioctx, String name, Pointer completion, Memory buffer, long length, long offset);

    Pointer rados_create_write_op();

    void rados_release_write_op(Pointer operation);

    void rados_write_op_create(Pointer operation, int exclusive, @Nullable String category);

    void rados_write_op_cmpext(Pointer operation, Pointer expected, long length, long offset, Pointer result);

    void rados_write_op_write_full(Pointer operation, Pointer buffer, long length);

    void rados_write_op_remove(Pointer operation);

    int rados_aio_write_op_operate(
            Pointer operation, Pointer ioctx, Pointer completion, String name, @Nullable Pointer mtime, int flags);

    int rados_mon_command(
            Pointer cluster,
            String[] command,
            long commands,
            @Nullable Pointer input,
            long inputLength,
            PointerByReference output,
            LongByReference outputLength,
            PointerByReference status,
            LongByReference statusLength);

    int rados_osd_command(
            Pointer cluster,
            int osd,
            String[] command,
            long commands,
            @Nullable Pointer input,
            long inputLength,
            PointerByReference output,
            LongByReference outputLength,
            PointerByReference status,
            LongByReference statusLength);

    void rados_buffer_free(Pointer buffer);
}
