package lpm.hostagent.hypervisor.xen;

import java.util.Optional;
import org.libvirt.Connect;
import org.libvirt.LibvirtException;

/**
 * A connection that several threads use, closed once, and not before the last of them is through: libvirt frees a
 * closed connection under the calls that are still on it, and the process with them.
 */
final class SharedConnect {
    private final Connect libvirt;
    private int users;
    private boolean givenUp;

    SharedConnect(Connect libvirt) {
        this.libvirt = libvirt;
    }

    /** One thread's right to use it. */
    final class Use implements AutoCloseable {
        Connect libvirt() {
            return libvirt;
        }

        SharedConnect connection() {
            return SharedConnect.this;
        }

        /** The same right for another thread. */
        Use again() {
            synchronized (SharedConnect.this) {
                users++;
            }
            return new Use();
        }

        @Override
        public void close() {
            leave();
        }
    }

    /** Empty when it was given up. */
    synchronized Optional<Use> use() {
        if (givenUp) {
            return Optional.empty();
        }
        users++;
        return Optional.of(new Use());
    }

    /** Nobody begins to use it any more, and the last one closes it. */
    synchronized void closeOnceUnused() {
        if (!givenUp) {
            givenUp = true;
            closeIfUnused();
        }
    }

    private synchronized void leave() {
        users--;
        if (givenUp) {
            closeIfUnused();
        }
    }

    private void closeIfUnused() {
        if (users == 0) {
            // of a broken connection it may take long
            Thread.ofPlatform().daemon().name("libvirt close").start(this::close);
        }
    }

    private int close() {
        try {
            return libvirt.close();
        } catch (LibvirtException e) {
            // It is broken already: there is nothing left to close.
            return 0;
        }
    }
}
