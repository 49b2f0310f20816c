package lpm.hostagent.hypervisor.xen;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.libvirt.Connect;
import org.libvirt.LibvirtException;

/**
 * Open connections to one libvirt, each used by one thread at a time. Threads that wait for answers on the same one end
 * the process by and by: libvirt 9.0 was seen to call back into the stack of one of them when that was gone, which is
 * what CVE-2024-4418 tells. It also frees what is closed, under a call too.
 */
final class LibvirtConnections {
    /** More than this many wait for the next calls to no purpose. */
    private static final int MOST_IDLE = 4;

    private final Deque<Connect> idle = new ArrayDeque<>();
    private long age;

    /** One connection, for whoever took it alone. */
    record Taken(Connect libvirt, long age) {}

    /** One that is open and that nobody uses. */
    synchronized Optional<Taken> take() {
        return Optional.ofNullable(idle.poll()).map(this::taken);
    }

    /** A new one, just opened, for whoever opened it. */
    synchronized Taken taken(Connect opened) {
        return new Taken(opened, age);
    }

    /** It is not used any more, and as good as it was. */
    void giveBack(Taken taken) {
        if (!kept(taken)) {
            close(taken.libvirt());
        }
    }

    private synchronized boolean kept(Taken taken) {
        return taken.age() == age && idle.size() < MOST_IDLE && idle.add(taken.libvirt());
    }

    /** Closes all: those that are used now, once they are given back. */
    synchronized void drop() {
        age++;
        idle.forEach(LibvirtConnections::close);
        idle.clear();
    }

    /** Closes one that nobody uses; of a broken one that may take long, so nobody waits for it. */
    static void close(Connect libvirt) {
        Thread.ofPlatform().daemon().name("libvirt close").start(() -> closed(libvirt));
    }

    private static int closed(Connect libvirt) {
        try {
            return libvirt.close();
        } catch (LibvirtException e) {
            // It is broken already: there is nothing left to close.
            return 0;
        }
    }
}
