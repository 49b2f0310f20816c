package lpm.hostagent.hypervisor.xen;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;
import lpm.contracts.host.DomainSeen;
import lpm.hostagent.hypervisor.CopyCounters;
import lpm.hostagent.hypervisor.PortRefusal;
import lpm.hostagent.hypervisor.PortUnreachable;
import lpm.hostagent.hypervisor.PreCopy;
import lpm.hostagent.hypervisor.SendOrder;
import lpm.hostagent.hypervisor.SendOutcome;
import org.libvirt.Domain.MigrateFlags;
import org.libvirt.TypedParameter;
import org.libvirt.TypedStringParameter;

/**
 * Sends running domains: always peer-to-peer, so that the agent's death ends nothing, and always paused, so that
 * libvirt alone can never leave two copies running. Success means that the source is gone; every error is unknown until
 * it was looked.
 */
final class XenCopies {
    private static final int FLAGS = MigrateFlags.PEER2PEER | MigrateFlags.LIVE | MigrateFlags.PAUSED;

    /** Each migration's stream has a port of its own at the target, so that it can be cut without the others. */
    private static final int FIRST_PORT = 49_152;

    private static final int PORTS = 4_096;

    /** A break in the copy is bounded by nobody else. */
    static final Duration COPY_LIMIT = Duration.ofMinutes(10);

    /** Neither is one in its last part, in which the guest stands still: then better back than stuck. */
    private static final Duration SWITCH_LIMIT = Duration.ofSeconds(45);

    private static final Duration CUT_LIMIT = Duration.ofSeconds(15);
    private static final Duration NET_LIMIT = Duration.ofSeconds(5);
    private static final double NANOS = 1e9;
    private static final double MIB = 1 << 20;

    private final Dom0 acts;
    private final Dom0 probes;
    private final Supplier<Dom0> watches;
    private final LibvirtLink libvirt;
    private final XenProbe probe;
    private final Pace pace;
    private final DirtyRates dirty;
    private final Map<LinodeId, Copy> open = new ConcurrentHashMap<>();

    XenCopies(
            Dom0 acts,
            Dom0 probes,
            Supplier<Dom0> watches,
            LibvirtLink libvirt,
            XenProbe probe,
            Pace pace,
            DirtyRates dirty) {
        this.acts = acts;
        this.probes = probes;
        this.watches = watches;
        this.libvirt = libvirt;
        this.probe = probe;
        this.pace = pace;
        this.dirty = dirty;
    }

    /** A call that is out, and when the guest was seen to be told to stand still (0: not yet). */
    private record Copy(
            SendOrder order,
            String target,
            long memoryMib,
            double dirtyMib,
            long startNanos,
            long sentBefore,
            AtomicLong suspended) {

        int port() {
            return FIRST_PORT + (int) (order.migration().value() % PORTS);
        }
    }

    /** Returns when the call has come to its end, and what came of it. */
    SendOutcome send(SendOrder order) {
        LinodeId linode = order.linode();
        XlDomain domain = probe.xl(linode)
                .filter(each -> !each.over() && !each.suspended() && !each.paused())
                .orElseThrow(() -> new PortRefusal("linode " + linode + " does not run here"));
        String target = URI.create(order.targetUri()).getHost();
        double dirtyMib = dirty.of(linode);
        Copy copy =
                new Copy(order, target, domain.memoryMib(), dirtyMib, System.nanoTime(), sentBytes(), new AtomicLong());
        open.put(linode, copy);
        probe.sending(linode, true);
        Dom0 watch = watches.get();
        dirty.sending().lock();
        try {
            Thread.ofVirtual().name("suspend-watch").start(() -> watchSuspend(watch, copy, domain.id()));
            migrate(copy);
            return released(copy);
        } catch (PortRefusal | PortUnreachable failed) {
            return failed(copy, String.valueOf(failed.getMessage()));
        } finally {
            dirty.sending().unlock();
            open.remove(linode);
            probe.sending(linode, false);
            watch.close();
        }
    }

    private void migrate(Copy copy) {
        String name = DomainTag.name(copy.order().linode());
        String xml = libvirt.call(
                "describe " + name, NET_LIMIT, on -> on.domainLookupByName(name).getXMLDesc(0));
        DomainSeenXml now = DomainSeenXml.read(xml);
        DomainTag tag = now.tag().orElseThrow(() -> new PortRefusal(name + " carries no tag of ours"));
        String there = now.with(tag.moved(copy.order().migration(), copy.order().nextEpoch()));
        try {
            call(copy, name, there, COPY_LIMIT);
        } catch (PortUnreachable late) {
            cut(copy);
            throw late;
        }
    }

    private void call(Copy copy, String name, String xml, Duration limit) {
        TypedParameter[] to = {
            new TypedStringParameter("migrate_uri", "tcp://" + copy.target() + ":" + copy.port()),
            new TypedStringParameter("destination_xml", xml)
        };
        libvirt.call("send " + name, limit, on -> on.domainLookupByName(name)
                .migrateToURI(copy.order().targetUri(), to, FLAGS));
    }

    private SendOutcome released(Copy copy) {
        LinodeId linode = copy.order().linode();
        long now = System.nanoTime();
        probe.forgetStop(linode);
        long suspended = copy.suspended().get();
        if (suspended == 0) {
            return new SendOutcome.Released(0);
        }
        long pauseMillis = TimeUnit.NANOSECONDS.toMillis(now - suspended);
        Thread.ofVirtual().name("pace").start(() -> learn(copy, suspended, pauseMillis));
        return new SendOutcome.Released(pauseMillis);
    }

    /** Beside the hand-over, because the guest stands still until that is through. */
    private void learn(Copy copy, long suspended, long pauseMillis) {
        PreCopy foreseen =
                PreCopy.of((double) copy.memoryMib(), copy.dirtyMib(), pace.mibPerSecond(), pace.switchMillis());
        double sentMib = (sentBytes() - copy.sentBefore()) / MIB;
        pace.saw(sentMib, (suspended - copy.startNanos()) / NANOS, foreseen.lastMib(), pauseMillis);
    }

    /** What the source shows once libvirt is done with it. */
    private SendOutcome failed(Copy copy, String reason) {
        LinodeId linode = copy.order().linode();
        probe.sending(linode, false);
        DomainSeen seen = probe.describe(linode).seen();
        return new SendOutcome.Failed(reason, seen);
    }

    /** Cuts the stream; too late to matter once the guest stands still, because then it is all sent. */
    void cancel(LinodeId linode, MigrationId migration) {
        Optional.ofNullable(open.get(linode))
                .filter(each -> each.order().migration().equals(migration))
                .ifPresent(this::cut);
    }

    private void cut(Copy copy) {
        acts.ask(CUT_LIMIT, "cut", copy.target(), Integer.toString(copy.port()));
    }

    /**
     * libvirt tells only the time: what the host's interfaces have sent since is an estimate of the rest. Nobody is
     * asked once the guest stands still: there is nothing left to tell, and dom0 has better to do.
     */
    List<CopyCounters> counters() {
        return open.values().stream()
                .filter(each -> each.suspended().get() == 0)
                .map(this::counters)
                .toList();
    }

    private CopyCounters counters(Copy copy) {
        double seconds = (System.nanoTime() - copy.startNanos()) / NANOS;
        double sent = Math.max(0, sentBytes() - copy.sentBefore()) / MIB;
        int round = 1 + (int) (sent / Math.max(1, copy.memoryMib()));
        long left = Math.round(Math.max(0, copy.memoryMib() - sent));
        return new CopyCounters(
                copy.order().migration(), copy.order().linode(), round, Math.round(sent), left, sent / seconds);
    }

    private long sentBytes() {
        return Long.parseLong(probes.ask(NET_LIMIT, "sent").getFirst());
    }

    private void watchSuspend(Dom0 watch, Copy copy, int domain) {
        if (seesSuspend(watch, domain)) {
            copy.suspended().set(System.nanoTime());
            boundSwitch(copy);
        }
    }

    /** Where it is not seen the hypervisor's pause is not known; the call's outcome does not depend on it. */
    private static boolean seesSuspend(Dom0 watch, int domain) {
        try {
            return watch.ask(COPY_LIMIT, "await-suspend", Integer.toString(domain))
                    .contains("suspended");
        } catch (PortRefusal | PortUnreachable unseen) {
            return false;
        }
    }

    /** A stream that is complete is gone: then this cuts nothing, and libvirt's keepalive ends the call. */
    private void boundSwitch(Copy copy) {
        try {
            TimeUnit.NANOSECONDS.sleep(SWITCH_LIMIT.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        cancel(copy.order().linode(), copy.order().migration());
    }
}
