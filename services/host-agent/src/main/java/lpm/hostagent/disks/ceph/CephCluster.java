package lpm.hostagent.disks.ceph;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import lpm.hostagent.hypervisor.PortUnreachable;
import lpm.hostagent.records.ShutOut;
import org.jspecify.annotations.Nullable;

/**
 * One connection to one Ceph pool, made when it is first needed. Every call ends after a limit; a call that was not
 * answered throws {@link PortUnreachable}.
 */
final class CephCluster implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(3);

    private final CephLibraries libraries;
    private final Path conf;
    private final String pool;
    private final Duration limit;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private volatile @Nullable Connection open;

    /** @param limit of one call to the storage, in whole seconds */
    CephCluster(CephLibraries libraries, Path conf, String pool, Duration limit) {
        this.libraries = libraries;
        this.conf = conf;
        this.pool = pool;
        this.limit = limit;
    }

    /** A connected client and its view of the pool. */
    record Connection(Pointer cluster, Pointer ioctx) {}

    /** What is done on the connection; it must not keep the pointers. */
    interface Call<T> {
        T on(Connection connection);
    }

    CephLibraries libraries() {
        return libraries;
    }

    /** Name of the Ceph pool. */
    String pool() {
        return pool;
    }

    /** A client that was shut out does not notice that it was let in again, so a fresh one has the last word. */
    <T> T call(Call<T> call) {
        try {
            return locked(call);
        } catch (ShutOut _) {
            close();
            return locked(call);
        }
    }

    private <T> T locked(Call<T> call) {
        connect();
        lock.readLock().lock();
        try {
            Connection now = open;
            if (now == null) {
                throw new PortUnreachable("the connection to Ceph was renewed just now; ask again");
            }
            return call.on(now);
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Asks the monitors. {@code json} is the command, such as {@code {"prefix":"osd stat","format":"json"}}. */
    String ask(String json) {
        return asked("the monitors were asked " + json, (on, it) -> libraries
                .rados()
                .rados_mon_command(
                        on.cluster(),
                        new String[] {json},
                        1,
                        null,
                        0,
                        it.text(),
                        it.textLength(),
                        it.status(),
                        it.statusLength()));
    }

    /** Asks one OSD, by its number. */
    String askOsd(int osd, String json) {
        return asked("osd." + osd + " was asked " + json, (on, it) -> libraries
                .rados()
                .rados_osd_command(
                        on.cluster(),
                        osd,
                        new String[] {json},
                        1,
                        null,
                        0,
                        it.text(),
                        it.textLength(),
                        it.status(),
                        it.statusLength()));
    }

    private record Said(
            PointerByReference text,
            LongByReference textLength,
            PointerByReference status,
            LongByReference statusLength) {}

    private interface Question {
        int ask(Connection on, Said said);
    }

    private String asked(String what, Question question) {
        return call(on -> {
            Said said = new Said(
                    new PointerByReference(), new LongByReference(), new PointerByReference(), new LongByReference());
            int answer = question.ask(on, said);
            String text = text(said.text().getValue(), said.textLength().getValue());
            String status = text(said.status().getValue(), said.statusLength().getValue());
            Answers.check(answer, what + " and said \"" + status + "\"");
            return text;
        });
    }

    /** Drops the connection; the next call makes another one. */
    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            Connection now = open;
            open = null;
            if (now != null) {
                libraries.rados().rados_ioctx_destroy(now.ioctx());
                libraries.rados().rados_shutdown(now.cluster());
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void connect() {
        if (open != null) {
            return;
        }
        lock.writeLock().lock();
        try {
            if (open == null) {
                open = connected();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    private Connection connected() {
        RadosLibrary rados = libraries.rados();
        PointerByReference made = new PointerByReference();
        Answers.check(rados.rados_create(made, null), "a client of Ceph is made");
        Pointer cluster = made.getValue();
        boolean done = false;
        try {
            Answers.check(rados.rados_conf_read_file(cluster, conf.toString()), conf + " is read");
            set(cluster, "client_mount_timeout", CONNECT);
            set(cluster, "rados_mon_op_timeout", CONNECT);
            set(cluster, "rados_osd_op_timeout", limit);
            Answers.check(rados.rados_connect(cluster), "Ceph is reached as " + conf + " says");
            PointerByReference ioctx = new PointerByReference();
            Answers.check(rados.rados_ioctx_create(cluster, pool, ioctx), "the Ceph pool " + pool + " is opened");
            done = true;
            return new Connection(cluster, ioctx.getValue());
        } finally {
            if (!done) {
                rados.rados_shutdown(cluster);
            }
        }
    }

    private void set(Pointer cluster, String option, Duration value) {
        Answers.check(
                libraries.rados().rados_conf_set(cluster, option, String.valueOf(value.toSeconds())),
                option + " is set");
    }

    private String text(@Nullable Pointer buffer, long length) {
        if (buffer == null) {
            return "";
        }
        String text = new String(buffer.getByteArray(0, (int) length), StandardCharsets.UTF_8);
        libraries.rados().rados_buffer_free(buffer);
        return text;
    }
}
