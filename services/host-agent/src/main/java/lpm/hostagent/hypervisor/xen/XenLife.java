package lpm.hostagent.hypervisor.xen;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import lpm.contracts.BlockDevice;
import lpm.contracts.LinodeId;
import lpm.contracts.host.DomainSeen;
import lpm.contracts.host.DomainSeen.State;
import lpm.hostagent.hypervisor.Domain;
import lpm.hostagent.hypervisor.DomainSpec;
import lpm.hostagent.hypervisor.PortRefusal;
import lpm.hostagent.hypervisor.PortUnreachable;

/** Starts and stops domains and plugs their devices. */
final class XenLife {
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Duration CALL_LIMIT = Duration.ofSeconds(30);
    private static final Duration ASK_LIMIT = Duration.ofSeconds(5);

    /** A guest that is still booting does not hear the first one. */
    private static final Duration ASK_EVERY = Duration.ofSeconds(5);

    private final LibvirtLink libvirt;
    private final XenProbe probe;
    private final XenRepair repair;
    private final DomainXml xml;
    private final DevicePaths paths;

    XenLife(LibvirtLink libvirt, XenProbe probe, XenRepair repair, DomainXml xml, DevicePaths paths) {
        this.libvirt = libvirt;
        this.probe = probe;
        this.repair = repair;
        this.xml = xml;
        this.paths = paths;
    }

    /** Refused at once where it does not fit: Xen would wait for memory that is being given back. */
    DomainSeen start(DomainSpec wanted, LongSupplier freeMemoryMib) {
        LinodeId linode = wanted.linode();
        Domain there = probe.describe(linode);
        if (there.seen().state() == State.off) {
            repair.destroy(linode);
        } else if (there.seen().state() != State.absent) {
            throw new PortRefusal("a domain of linode " + linode + " is there already: "
                    + there.seen().state());
        }
        probe.forgetStop(linode);
        long needs = wanted.spec().resources().memoryMib() + XenHost.GUEST_OVERHEAD_MIB;
        long free = freeMemoryMib.getAsLong();
        if (needs > free) {
            throw new PortRefusal("this host has " + free + " MiB left, linode " + linode + " needs " + needs);
        }
        repair.forgetPhantom(linode);
        DomainTag tag = new DomainTag(
                linode,
                wanted.ownerEpoch(),
                wanted.spec().generation(),
                Optional.of(wanted.startedBy()),
                Optional.empty());
        String text = xml.domain(tag, wanted.spec(), paths);
        libvirt.call("start " + DomainTag.name(linode), START_LIMIT, on -> on.domainCreateXML(text, 0)
                .getID());
        probe.changed();
        return probe.describe(linode).seen();
    }

    DomainSeen shutdown(LinodeId linode, long graceMillis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(graceMillis);
        Domain ran = probe.describe(linode);
        if (ran.seen().state() == State.absent) {
            throw new PortRefusal("linode " + linode + " is not here");
        }
        libvirt.reach();
        long nextAsk = System.nanoTime();
        while (isThere(linode) && System.nanoTime() < end) {
            if (System.nanoTime() >= nextAsk) {
                ask(linode);
                nextAsk += ASK_EVERY.toNanos();
            }
            XenProbe.nap();
        }
        if (isThere(linode)) {
            repair.destroy(linode);
        }
        repair.awaitTakenApart(linode);
        probe.stoppedByUs(ran);
        return probe.describe(linode).seen();
    }

    /** A guest that does not hear is no failure: the grace decides. */
    private void ask(LinodeId linode) {
        String name = DomainTag.name(linode);
        try {
            libvirt.call("shut down " + name, ASK_LIMIT, on -> {
                Optional<org.libvirt.Domain> found = LibvirtLink.find(on, name);
                if (found.isPresent()) {
                    found.get().shutdown();
                }
                return true;
            });
        } catch (PortUnreachable unheard) {
            // libvirt waits for the guest to take note, up to a minute: what came of it is seen by looking.
            XenProbe.nap();
        } catch (PortRefusal ended) {
            if (isThere(linode)) {
                throw ended;
            }
        }
    }

    private boolean isThere(LinodeId linode) {
        return probe.xl(linode).filter(each -> !each.over()).isPresent();
    }

    void attach(LinodeId linode, BlockDevice device) {
        plug(linode, "attach " + device.image(), domain -> domain.attachDeviceFlags(diskXml(device), 1));
    }

    void detach(LinodeId linode, BlockDevice device) {
        plug(linode, "detach " + device.image(), domain -> domain.detachDeviceFlags(diskXml(device), 1));
    }

    private String diskXml(BlockDevice device) {
        return DomainXml.disk(device, paths.of(device));
    }

    private interface Plug {
        void on(org.libvirt.Domain domain) throws org.libvirt.LibvirtException;
    }

    private void plug(LinodeId linode, String what, Plug plug) {
        String name = DomainTag.name(linode);
        try {
            libvirt.call(what, CALL_LIMIT, on -> {
                Optional<org.libvirt.Domain> found = LibvirtLink.find(on, name);
                if (found.isEmpty()) {
                    throw new PortRefusal(name + " is not here");
                }
                plug.on(found.get());
                return true;
            });
        } finally {
            probe.devicesChanged();
        }
    }
}
