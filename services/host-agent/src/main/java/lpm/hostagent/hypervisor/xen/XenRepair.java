package lpm.hostagent.hypervisor.xen;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import lpm.contracts.LinodeId;
import lpm.hostagent.hypervisor.PortRefusal;
import lpm.hostagent.hypervisor.PortUnreachable;

/**
 * Puts right what libvirt leaves behind: copies it does not know, entries of domains that are gone, locks that are
 * never given back. Only {@code xl} and a restart of libvirtd can (found by experiment, see docs/walkthroughs).
 */
final class XenRepair {
    private static final Duration DESTROY_LIMIT = Duration.ofSeconds(20);
    private static final Duration XL_LIMIT = Duration.ofSeconds(20);
    private static final Duration BEGIN_LIMIT = Duration.ofSeconds(5);
    private static final Duration TAKE_APART_LIMIT = Duration.ofSeconds(15);
    private static final Duration RESTART_LIMIT = Duration.ofSeconds(60);

    private final Dom0 dom0;
    private final LibvirtLink libvirt;
    private final XenProbe probe;

    XenRepair(Dom0 dom0, LibvirtLink libvirt, XenProbe probe) {
        this.dom0 = dom0;
        this.libvirt = libvirt;
        this.probe = probe;
    }

    /** Destroys whatever there is of a Linode and sees that it runs no more. */
    void destroy(LinodeId linode) {
        probe.forgetStop(linode);
        String name = DomainTag.name(linode);
        if (!libvirtDestroys(name)) {
            restartLibvirt();
        }
        Optional<XlDomain> left = probe.xl(linode);
        if (left.isPresent()) {
            String refusal = xlDestroys(left.get());
            if (probe.xl(linode).filter(each -> !each.over()).isPresent()) {
                throw new PortUnreachable(name + " is still there after it was destroyed" + refusal);
            }
        }
        forgetPhantom(linode);
        probe.devicesChanged();
    }

    /**
     * Sees that a domain that has ended is taken apart: until then its disks may be taken from under its next start.
     * Libvirt does not begin with it while it waits, up to a minute, for the guest to take note of a shutdown. One that
     * stays in the middle of it has let its disks go long before: somebody holds a page of its memory.
     */
    void awaitTakenApart(LinodeId linode) {
        if (!ceases(linode, each -> each.over() && !each.dying(), BEGIN_LIMIT)) {
            destroy(linode);
        }
        ceases(linode, XlDomain::over, TAKE_APART_LIMIT);
    }

    /** Waits while the domain is like that; false when it still was at the limit. */
    private boolean ceases(LinodeId linode, Predicate<XlDomain> like, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (probe.xl(linode).filter(like).isPresent()) {
            if (System.nanoTime() >= end) {
                return false;
            }
            XenProbe.nap();
        }
        return true;
    }

    /** False when libvirt does not answer: it has to be restarted. What it refuses, {@code xl} does. */
    private boolean libvirtDestroys(String name) {
        try {
            return libvirt.call("destroy " + name, DESTROY_LIMIT, on -> {
                Optional<org.libvirt.Domain> found = LibvirtLink.find(on, name);
                if (found.isPresent()) {
                    found.get().destroy();
                }
                return true;
            });
        } catch (PortRefusal notThere) {
            return true;
        } catch (PortUnreachable hangs) {
            return false;
        }
    }

    /** What {@code xl} refuses may have gone by itself: its words count only when it is still there. */
    private String xlDestroys(XlDomain domain) {
        try {
            dom0.ask(XL_LIMIT, "destroy", Integer.toString(domain.id()));
            return "";
        } catch (PortRefusal no) {
            return ": " + no.reason();
        }
    }

    /** An entry in libvirt without a domain keeps its name from being used again. */
    void forgetPhantom(LinodeId linode) {
        String name = DomainTag.name(linode);
        boolean phantom = libvirt.call("look for " + name, DESTROY_LIMIT, on -> LibvirtLink.find(on, name)
                .isPresent());
        if (phantom && probe.xl(linode).isEmpty()) {
            restartLibvirt();
        }
    }

    /** Starts it where none runs or the one that runs hangs. */
    void reviveLibvirt() {
        try {
            dom0.ask(RESTART_LIMIT, "revive-libvirtd");
        } catch (PortRefusal | PortUnreachable failed) {
            // Whoever needs libvirt next finds it absent and has this tried again.
            probe.changed();
            return;
        }
        probe.devicesChanged();
    }

    /** Guests run on meanwhile. */
    void restartLibvirt() {
        libvirt.drop();
        dom0.ask(RESTART_LIMIT, "restart-libvirtd");
        probe.devicesChanged();
    }
}
