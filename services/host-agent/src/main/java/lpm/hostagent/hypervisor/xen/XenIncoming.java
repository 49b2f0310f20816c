package lpm.hostagent.hypervisor.xen;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;
import lpm.contracts.host.DomainSeen;
import lpm.contracts.host.DomainSeen.State;
import lpm.hostagent.hypervisor.Domain;
import lpm.hostagent.hypervisor.IncomingOrder;
import lpm.hostagent.hypervisor.PortRefusal;
import lpm.hostagent.hypervisor.PortUnreachable;

/** The receiving end of a move, and the way back of a source that was left suspended. */
final class XenIncoming {
    private static final Duration RESUME_LIMIT = Duration.ofSeconds(12);
    private static final Duration WAKE_LIMIT = Duration.ofSeconds(20);
    private static final int WAKE_LOOKS = 10;

    private final XenSettings settings;
    private final LibvirtLink libvirt;
    private final XenProbe probe;
    private final XenRepair repair;
    private final Map<LinodeId, Long> arrived = new ConcurrentHashMap<>();

    XenIncoming(XenSettings settings, LibvirtLink libvirt, XenProbe probe, XenRepair repair) {
        this.settings = settings;
        this.libvirt = libvirt;
        this.probe = probe;
        this.repair = repair;
    }

    /** Leaves nothing of the Linode's name here that would make the hand-over fail at its very end. */
    String prepare(IncomingOrder order, long freeMemoryMib) {
        LinodeId linode = order.linode();
        Domain there = probe.describe(linode);
        if (there.seen().state() == State.running || there.seen().state() == State.suspended) {
            throw new PortRefusal("a domain of linode " + linode + " is already active");
        }
        repair.destroy(linode);
        long wanted = order.spec().resources().memoryMib() + XenHost.GUEST_OVERHEAD_MIB;
        if (wanted > freeMemoryMib) {
            throw new PortRefusal("host " + settings.host() + " has " + freeMemoryMib + " MiB left, needs " + wanted);
        }
        return settings.migrationUri();
    }

    /** After this the copy can never be resumed. Refused when it runs; a domain that is no copy of it stays. */
    void cancel(LinodeId linode, MigrationId migration) {
        Optional<XlDomain> xl = probe.xl(linode);
        if (xl.isPresent()) {
            DomainSeen there = probe.describe(linode).seen();
            // Without an owner it is an orphan, which may be what is left of this copy.
            if (there.ownerEpoch() > 0 && !there.migration().equals(Optional.of(migration))) {
                return;
            }
            if (!xl.get().paused()) {
                throw new PortRefusal("linode " + linode + " is not a paused copy of migration " + migration);
            }
        }
        repair.destroy(linode);
        arrived.remove(linode);
    }

    /** A copy of ours stands here paused: its time counts from now. */
    void arrived(LinodeId linode) {
        arrived.put(linode, System.nanoTime());
    }

    /** Only after the commit. Answers with how long the copy stood here, in ms. */
    long resume(LinodeId linode, MigrationId migration) {
        String name = DomainTag.name(linode);
        try {
            resume(name, migration);
        } catch (PortUnreachable lockHeld) {
            // libvirt still holds the hand-over's lock for a source that will never answer.
            repair.restartLibvirt();
            resume(name, migration);
        }
        probe.devicesChanged();
        Long since = arrived.remove(linode);
        long stood = since == null ? 0 : TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
        probe.stood(linode, stood);
        return stood;
    }

    private void resume(String name, MigrationId migration) {
        libvirt.call("resume " + name, RESUME_LIMIT, on -> {
            org.libvirt.Domain copy = LibvirtLink.find(on, name)
                    .orElseThrow(() -> new PortRefusal("no copy of migration " + migration + " is here"));
            boolean ours = DomainSeenXml.read(copy.getXMLDesc(0))
                    .tag()
                    .flatMap(DomainTag::migration)
                    .filter(migration::equals)
                    .isPresent();
            if (!ours) {
                throw new PortRefusal(name + " is not the copy of migration " + migration);
            }
            copy.resume();
            return true;
        });
    }

    /**
     * libvirt shows a source that its death left suspended as "pmsuspended" once it was restarted, and wakes it then;
     * a plain resume says yes and does nothing, and keeps the wake-up from working afterwards.
     */
    void wake(LinodeId linode) {
        XlDomain before = probe.xl(linode).orElseThrow(() -> new PortRefusal("linode " + linode + " is not here"));
        if (!before.suspended()) {
            return;
        }
        String name = DomainTag.name(linode);
        repair.restartLibvirt();
        libvirt.call("wake " + name, WAKE_LIMIT, on -> {
            on.domainLookupByName(name).PMwakeup();
            return true;
        });
        for (int look = 0; look < WAKE_LOOKS; look++) {
            Optional<XlDomain> now = probe.xl(linode);
            if (now.isPresent() && !now.get().suspended()) {
                probe.changed();
                return;
            }
            XenProbe.nap();
        }
        throw new PortUnreachable(name + " is still suspended after it was woken");
    }
}
