package lpm.hostagent.hypervisor.xen;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import lpm.hostagent.hypervisor.PortRefusal;
import lpm.hostagent.hypervisor.PortUnreachable;
import org.jspecify.annotations.Nullable;
import org.libvirt.Connect;
import org.libvirt.Domain;
import org.libvirt.Error.ErrorNumber;
import org.libvirt.LibvirtException;
import org.libvirt.event.LifecycleListener;

/**
 * The connection to a host's libvirt: opened when it is needed, given up when it is lost, every call with a deadline.
 * libvirt waits up to 30 s for a domain's lock by itself, and without end in some broken states.
 */
final class LibvirtLink implements AutoCloseable {
    private static final int KEEPALIVE_SECONDS = 5;
    private static final int KEEPALIVE_LOST = 4;
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

    private final URI uri;
    private final LifecycleListener listener;
    private final Runnable absent;
    private final ReentrantLock opening = new ReentrantLock();
    private final AtomicReference<@Nullable SharedConnect> open = new AtomicReference<>();

    /** {@code absent} is told, and must not wait, whenever nobody takes a connection or answers on it. */
    LibvirtLink(URI uri, LifecycleListener listener, Runnable absent) {
        this.uri = uri;
        this.listener = listener;
        this.absent = absent;
        LibvirtLibrary.require();
    }

    /** Something to do with libvirt. */
    interface Call<T> {
        T on(Connect libvirt) throws LibvirtException;
    }

    /**
     * Does it. Throws {@link PortRefusal} with libvirt's own words, {@link PortUnreachable} when the connection breaks
     * or the deadline passes: then it may have been done or not.
     */
    <T> T call(String what, Duration deadline, Call<T> call) {
        try (SharedConnect.Use mine = connected()) {
            return answer(what, deadline, call, mine);
        }
    }

    private <T> T answer(String what, Duration deadline, Call<T> call, SharedConnect.Use mine) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        SharedConnect.Use its = mine.again();
        Thread.ofPlatform().daemon().name("libvirt " + what).start(() -> {
            try (its) {
                answer.complete(call.on(its.libvirt()));
            } catch (LibvirtException | RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            return answer.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new PortUnreachable(what + ": libvirt at " + uri + " has not answered for " + deadline, e);
        } catch (ExecutionException e) {
            throw failure(what, mine, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PortUnreachable(what + ": interrupted", e);
        }
    }

    /** Only asks. What libvirt says no to has changed under the question: look again. */
    <T> T look(String what, Duration deadline, Call<T> call) {
        try {
            return call(what, deadline, call);
        } catch (PortRefusal changed) {
            throw new PortUnreachable(changed.reason(), changed);
        }
    }

    /** Opens the connection where there is none. Throws {@link PortUnreachable} when it broke or cannot be opened. */
    void reach() {
        try (SharedConnect.Use libvirt = connected()) {
            if (!alive(libvirt)) {
                drop(libvirt.connection());
                throw new PortUnreachable("the connection to libvirt at " + uri + " broke");
            }
        }
    }

    /** A domain by its name; empty when libvirt knows none (which is no proof that there is none). */
    static Optional<Domain> find(Connect libvirt, String name) throws LibvirtException {
        try {
            return Optional.of(libvirt.domainLookupByName(name));
        } catch (LibvirtException e) {
            if (is(e, ErrorNumber.VIR_ERR_NO_DOMAIN)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Whether a job is open; a driver that knows no jobs has none. */
    static boolean hasJob(Domain domain) throws LibvirtException {
        try {
            return domain.getJobInfo().getType() != 0;
        } catch (LibvirtException e) {
            if (is(e, ErrorNumber.VIR_ERR_NO_SUPPORT)) {
                return false;
            }
            throw e;
        }
    }

    private SharedConnect.Use connected() {
        Optional<SharedConnect.Use> now = use();
        if (now.isPresent()) {
            return now.get();
        }
        opening.lock();
        try {
            return use().orElseGet(this::connect);
        } finally {
            opening.unlock();
        }
    }

    private Optional<SharedConnect.Use> use() {
        return Optional.ofNullable(open.get()).flatMap(SharedConnect::use);
    }

    private SharedConnect.Use connect() {
        CompletableFuture<Connect> answer = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("libvirt connect").start(() -> {
            try {
                Connect libvirt = new Connect(uri);
                libvirt.addLifecycleListener(listener);
                keepAlive(libvirt);
                if (!answer.complete(libvirt)) {
                    libvirt.close();
                }
            } catch (LibvirtException e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            SharedConnect made = new SharedConnect(answer.get(CONNECT_LIMIT.toNanos(), TimeUnit.NANOSECONDS));
            SharedConnect.Use first = made.use().orElseThrow();
            open.set(made);
            return first;
        } catch (TimeoutException e) {
            answer.cancel(false);
            absent.run();
            throw new PortUnreachable("libvirt at " + uri + " has not answered for " + CONNECT_LIMIT, e);
        } catch (ExecutionException e) {
            absent.run();
            throw new PortUnreachable(
                    "libvirt at " + uri + " is not reached; is libvirtd running there? " + said(e.getCause()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PortUnreachable("interrupted while connecting to " + uri, e);
        }
    }

    /** A driver inside this process has no connection that could die. */
    private static void keepAlive(Connect libvirt) throws LibvirtException {
        try {
            libvirt.setKeepAlive(KEEPALIVE_SECONDS, KEEPALIVE_LOST);
        } catch (LibvirtException e) {
            if (!is(e, ErrorNumber.VIR_ERR_NO_SUPPORT)) {
                throw e;
            }
        }
    }

    /** Whether it is this error of libvirt's. */
    static boolean is(LibvirtException e, ErrorNumber code) {
        return e.getError() != null && e.getError().getCode() == code;
    }

    private RuntimeException failure(String what, SharedConnect.Use used, @Nullable Throwable cause) {
        String said = said(cause);
        if (cause instanceof PortRefusal ours) {
            return new PortRefusal(ours.reason());
        }
        if (!(cause instanceof LibvirtException e)) {
            return new IllegalStateException(what + ": " + said, cause);
        }
        if (!alive(used)) {
            drop(used.connection());
            return new PortUnreachable(what + ": the connection to " + uri + " broke: " + said, e);
        }
        return is(e, ErrorNumber.VIR_ERR_OPERATION_TIMEOUT)
                ? new PortUnreachable(what + ": " + said, e)
                : new PortRefusal(what + ": " + said);
    }

    private static String said(@Nullable Throwable cause) {
        return cause == null ? "failed" : String.valueOf(cause.getMessage());
    }

    private static boolean alive(SharedConnect.Use use) {
        try {
            return use.libvirt().isAlive();
        } catch (LibvirtException e) {
            return false;
        }
    }

    /** Gives the connection up: libvirt was restarted, or does not answer any more. */
    void drop() {
        SharedConnect now = open.get();
        if (now != null) {
            drop(now);
        }
    }

    private void drop(SharedConnect lost) {
        open.compareAndSet(lost, null);
        lost.closeOnceUnused();
    }

    @Override
    public void close() {
        drop();
    }
}
