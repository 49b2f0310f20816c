package lpm.hostagent.hypervisor.xen;

import org.libvirt.Connect;
import org.libvirt.Library;
import org.libvirt.LibvirtException;
import org.libvirt.jna.Libvirt;

/** The native library: loaded once, its event loop on a thread of its own. */
final class LibvirtLibrary {
    /** Kept here, because native code calls it. */
    private static final Libvirt.VirErrorCallback QUIET = (_, _) -> {};

    private static final LibvirtLibrary ONCE = new LibvirtLibrary();

    private final String missing;

    private LibvirtLibrary() {
        missing = load();
    }

    /** Throws with one sentence when the library is not there. */
    static void require() {
        if (!ONCE.missing.isEmpty()) {
            throw new IllegalStateException(ONCE.missing);
        }
    }

    private static String load() {
        try {
            Library.initEventLoop();
            // Errors are told by exceptions; libvirt would print them too.
            Connect.setErrorCallback(QUIET);
        } catch (LinkageError e) {
            String why = String.valueOf(e.getMessage())
                    .lines()
                    .findFirst()
                    .orElse("")
                    .replaceFirst(":$", "");
            return "libvirt.so.0 cannot be loaded: install libvirt0 (" + why + ")";
        } catch (LibvirtException e) {
            return "libvirt's event loop cannot be started: " + e.getMessage();
        }
        Thread.ofPlatform().daemon().name("libvirt events").start(LibvirtLibrary::events);
        return "";
    }

    private static void events() {
        try {
            Library.runEventLoop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (LibvirtException e) {
            throw new IllegalStateException("libvirt's event loop ended", e);
        }
    }
}
