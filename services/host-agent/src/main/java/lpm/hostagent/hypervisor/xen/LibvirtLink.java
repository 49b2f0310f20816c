package lpm.hostagent.hypervisor.xen;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import lpm.hostagent.hypervisor.PortRefusal;
import lpm.hostagent.hypervisor.PortUnreachable;
import lpm.hostagent.hypervisor.xen.LibvirtConnections.Taken;
import org.jspecify.annotations.Nullable;
import org.libvirt.Connect;
import org.libvirt.Domain;
import org.libvirt.Error.ErrorNumber;
import org.libvirt.LibvirtException;
import org.libvirt.event.LifecycleListener;

/**
 * The way to a host's libvirt: opened when it is needed, given up when it is lost, every call with a deadline. One
 * connection hears the events and is never called on; calls have theirs ({@link LibvirtConnections}).
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
    private final LibvirtConnections free = new LibvirtConnections();
    /** Hears the events; guarded by {@link #opening}, so that nobody looks at it while it is closed. */
    private @Nullable Connect heard;

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
        listen();
        Taken taken = free.take().orElseGet(() -> free.taken(connect(false)));
        CompletableFuture<T> answer = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("libvirt " + what).start(() -> {
            try {
                T value = call.on(taken.libvirt());
                free.giveBack(taken);
                answer.complete(value);
            } catch (LibvirtException | RuntimeException e) {
                answer.completeExceptionally(failure(what, taken, e));
            }
        });
        try {
            return answer.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new PortUnreachable(what + ": libvirt at " + uri + " has not answered for " + deadline, e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException ours ? ours : new IllegalStateException(what, e);
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

    /** Opens it where it is not open. Throws {@link PortUnreachable} when it broke or cannot be opened. */
    void reach() {
        opening.lock();
        try {
            if (!alive(listen())) {
                drop();
                throw new PortUnreachable("the connection to libvirt at " + uri + " broke");
            }
        } finally {
            opening.unlock();
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

    private Connect listen() {
        opening.lock();
        try {
            if (heard == null) {
                heard = connect(true);
            }
            return heard;
        } finally {
            opening.unlock();
        }
    }

    private Connect connect(boolean toListen) {
        CompletableFuture<Connect> answer = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("libvirt connect").start(() -> {
            try {
                Connect libvirt = opened(toListen);
                if (!answer.complete(libvirt)) {
                    libvirt.close();
                }
            } catch (LibvirtException e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            return answer.get(CONNECT_LIMIT.toNanos(), TimeUnit.NANOSECONDS);
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

    private Connect opened(boolean toListen) throws LibvirtException {
        Connect libvirt = new Connect(uri);
        try {
            if (toListen) {
                libvirt.addLifecycleListener(listener);
            }
            keepAlive(libvirt);
            return libvirt;
        } catch (LibvirtException e) {
            LibvirtConnections.close(libvirt);
            throw e;
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

    /** What the caller is told; the connection is given back, or given up with all others when it broke. */
    private RuntimeException failure(String what, Taken used, Exception cause) {
        String said = said(cause);
        if (cause instanceof LibvirtException && !alive(used.libvirt())) {
            LibvirtConnections.close(used.libvirt());
            drop();
            return new PortUnreachable(what + ": the connection to " + uri + " broke: " + said, cause);
        }
        free.giveBack(used);
        if (cause instanceof PortRefusal ours) {
            return ours;
        }
        if (!(cause instanceof LibvirtException e)) {
            return new IllegalStateException(what + ": " + said, cause);
        }
        return is(e, ErrorNumber.VIR_ERR_OPERATION_TIMEOUT)
                ? new PortUnreachable(what + ": " + said, e)
                : new PortRefusal(what + ": " + said);
    }

    private static String said(@Nullable Throwable cause) {
        return cause == null ? "failed" : String.valueOf(cause.getMessage());
    }

    private static boolean alive(Connect libvirt) {
        try {
            return libvirt.isAlive();
        } catch (LibvirtException e) {
            return false;
        }
    }

    /** Gives all connections up: libvirt was restarted, or does not answer any more. */
    void drop() {
        opening.lock();
        try {
            if (heard != null) {
                LibvirtConnections.close(heard);
                heard = null;
            }
        } finally {
            opening.unlock();
        }
        free.drop();
    }

    @Override
    public void close() {
        drop();
    }
}
