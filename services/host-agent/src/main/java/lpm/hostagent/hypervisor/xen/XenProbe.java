package lpm.hostagent.hypervisor.xen;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import lpm.contracts.BlockDevice;
import lpm.contracts.LinodeId;
import lpm.contracts.host.DomainSeen;
import lpm.contracts.host.DomainSeen.State;
import lpm.contracts.host.HostReport.LinodeStopObserved.Cause;
import lpm.hostagent.hypervisor.Domain;
import lpm.hostagent.hypervisor.PortUnreachable;

/**
 * What is there: {@code xl} says what runs, libvirt what a domain is called and carries. A look at all domains is kept
 * until libvirt tells of a change, an own call made one, or it is {@link #LOOK_ANEW} old.
 */
final class XenProbe {
    static final Duration LOOK_ANEW = Duration.ofSeconds(5);

    /** For a whole look, however many domains it asks about: the agent's lease is renewed between two of them. */
    private static final Duration LOOK_LIMIT = Duration.ofSeconds(8);

    private static final long NAP_MILLIS = 500;

    private final Dom0 dom0;
    private final LibvirtLink libvirt;
    private final Map<Integer, Carried> carried = new ConcurrentHashMap<>();
    private final Map<LinodeId, Domain> stops = new ConcurrentHashMap<>();
    private final Map<LinodeId, Domain> ran = new ConcurrentHashMap<>();
    private final Reboots reboots = new Reboots();
    private final Set<LinodeId> sending = ConcurrentHashMap.newKeySet();
    private final Map<LinodeId, Long> stood = new ConcurrentHashMap<>();
    private final Map<LinodeId, Integer> numbers = new ConcurrentHashMap<>();
    private final Map<LinodeId, CpuTime> cpuTimes = new ConcurrentHashMap<>();
    private final AtomicLong changes = new AtomicLong();
    private volatile Look last = new Look(List.of(), Long.MIN_VALUE, -1);

    XenProbe(Dom0 dom0, LibvirtLink libvirt) {
        this.dom0 = dom0;
        this.libvirt = libvirt;
    }

    /** What libvirt knows of a domain; the same as long as its number and its devices are. */
    private record Carried(Optional<DomainTag> tag, List<BlockDevice> devices) {
        static final Carried NOTHING = new Carried(Optional.empty(), List.of());
    }

    /** CPU seconds used in all, and when they were read. */
    record CpuTime(double seconds, long atNanos) {}

    private record Look(List<Domain> domains, long atNanos, long change) {}

    /** Every domain of ours. Nobody is told of an empty host whose libvirt is away: it could not start anything. */
    List<Domain> list() {
        libvirt.reach();
        Look known = last;
        boolean young = System.nanoTime() - known.atNanos() < LOOK_ANEW.toNanos();
        return known.change() == changes.get() && young ? known.domains() : look();
    }

    /** One Linode, seen now. */
    Domain describe(LinodeId linode) {
        return look().stream()
                .filter(each -> each.seen().linode().equals(linode))
                .findFirst()
                .orElseGet(() -> Domain.absent(linode));
    }

    /** What {@code xl} shows of a Linode now. */
    Optional<XlDomain> xl(LinodeId linode) {
        String name = DomainTag.name(linode);
        return xl().stream().filter(each -> each.name().equals(name)).findFirst();
    }

    List<XlDomain> xl() {
        return XlDomain.parse(dom0.ask(LOOK_LIMIT, "domains"));
    }

    /** Something changed, or may have. */
    void changed() {
        changes.incrementAndGet();
    }

    /** What libvirt knows of the domains is read anew too. */
    void devicesChanged() {
        carried.clear();
        changed();
    }

    /** A call of ours that sends this Linode begins or has ended. */
    void sending(LinodeId linode, boolean open) {
        if (open) {
            sending.add(linode);
            reboots.forget(linode);
        } else {
            sending.remove(linode);
        }
        changed();
    }

    /** A domain ended by itself: shown as off, with the reason, until it is started or destroyed. */
    void stopped(LinodeId linode, Cause why) {
        Optional.ofNullable(ran.get(linode)).ifPresent(it -> stops.putIfAbsent(linode, off(it, why)));
        changed();
    }

    /** As it was told to, whatever was heard of it meanwhile. */
    void stoppedByUs(Domain was) {
        reboots.forget(was.seen().linode());
        stops.put(was.seen().linode(), off(was, Cause.requested));
        changed();
    }

    void forgetStop(LinodeId linode) {
        stops.remove(linode);
        ran.remove(linode);
        reboots.forget(linode);
        changed();
    }

    /** CPU seconds of a domain as the last look showed them. */
    Optional<CpuTime> cpuTime(LinodeId linode) {
        return Optional.ofNullable(cpuTimes.get(linode));
    }

    /** Running domains that nobody sends, as the last look showed them. */
    List<DirtyRates.Guest> guests() {
        return last.domains().stream()
                .map(Domain::seen)
                .filter(each -> each.state() == State.running && !each.jobRunning())
                .flatMap(each -> Optional.ofNullable(numbers.get(each.linode())).stream()
                        .map(domain -> new DirtyRates.Guest(each.linode(), domain)))
                .toList();
    }

    /** How long the copy that was received stood here until it was resumed. */
    void stood(LinodeId linode, long millis) {
        stood.put(linode, millis);
    }

    private List<Domain> look() {
        long change = changes.get();
        long now = System.nanoTime();
        long end = now + LOOK_LIMIT.toNanos();
        List<Domain> found = new ArrayList<>();
        List<XlDomain> shown = xl();
        carried.keySet().retainAll(shown.stream().map(XlDomain::id).toList());
        for (XlDomain each : shown) {
            DomainTag.linode(each.name())
                    .filter(linode -> !each.rebooting() || !reboots.isUnderWay(linode))
                    .ifPresent(linode -> {
                        numbers.put(linode, each.id());
                        cpuTimes.put(linode, new CpuTime(each.cpuSeconds(), now));
                        Domain domain = domain(linode, each, end);
                        remember(domain, each.ended());
                        found.add(domain);
                    });
        }
        Set<LinodeId> there = found.stream().map(each -> each.seen().linode()).collect(Collectors.toSet());
        for (Domain each : reboots.missing(there)) {
            if (known(each.seen().linode(), end)) {
                found.add(each);
                there.add(each.seen().linode());
            }
        }
        stops.values().stream()
                .filter(each -> !there.contains(each.seen().linode()))
                .forEach(found::add);
        last = new Look(List.copyOf(found), now, change);
        return found;
    }

    /** An end is seen for a moment only; what was heard of one that runs is about an earlier run. */
    private void remember(Domain domain, boolean ended) {
        LinodeId linode = domain.seen().linode();
        reboots.seen(domain);
        if (domain.seen().state() == State.running) {
            ran.put(linode, domain);
            stops.remove(linode);
        } else if (ended) {
            stops.putIfAbsent(linode, domain);
        }
    }

    private Domain domain(LinodeId linode, XlDomain xl, long end) {
        Carried has = carried(linode, xl, end);
        State state = state(xl);
        boolean ours = sending.contains(linode);
        boolean job = ours || (state != State.off && jobOpen(linode, end));
        Optional<DomainTag> tag = has.tag();
        DomainSeen seen = new DomainSeen(
                linode,
                state,
                job,
                tag.map(DomainTag::ownerEpoch).orElse(0L),
                tag.map(DomainTag::generation).orElse(0L),
                tag.flatMap(DomainTag::migration));
        Optional<Cause> cause = state != State.off ? Optional.empty() : Optional.of(cause(linode, xl));
        return new Domain(
                seen,
                false,
                tag.flatMap(DomainTag::startedBy),
                cause,
                has.devices(),
                xl.memoryMib(),
                stood.getOrDefault(linode, 0L));
    }

    /** What was told to stop stays shown for a moment too: then it is known why it stops. */
    private Cause cause(LinodeId linode, XlDomain xl) {
        return Optional.ofNullable(stops.get(linode))
                .flatMap(Domain::stopped)
                .orElse(xl.crashed() ? Cause.crash : Cause.guest);
    }

    private static State state(XlDomain xl) {
        if (xl.over()) {
            return State.off;
        }
        if (xl.suspended()) {
            return State.suspended;
        }
        return xl.paused() ? State.paused : State.running;
    }

    private Carried carried(LinodeId linode, XlDomain xl, long end) {
        Carried known = carried.get(xl.id());
        if (known != null) {
            return known;
        }
        String name = DomainTag.name(linode);
        Optional<DomainSeenXml> xml = libvirt.look("describe " + name, until(end), on -> {
                    Optional<org.libvirt.Domain> found = LibvirtLink.find(on, name);
                    return found.isEmpty() || found.get().getID() != xl.id()
                            ? Optional.<String>empty()
                            : Optional.of(found.get().getXMLDesc(0));
                })
                .map(DomainSeenXml::read);
        // A domain that libvirt does not know is an orphan: shown without an owner, looked up again next time.
        if (xml.isEmpty()) {
            return Carried.NOTHING;
        }
        Carried found = new Carried(xml.get().tag(), xml.get().devices());
        carried.put(xl.id(), found);
        return found;
    }

    private boolean known(LinodeId linode, long end) {
        String name = DomainTag.name(linode);
        return libvirt.look(
                "look for " + name, until(end), on -> LibvirtLink.find(on, name).isPresent());
    }

    private static Duration until(long end) {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    private boolean jobOpen(LinodeId linode, long end) {
        String name = DomainTag.name(linode);
        return libvirt.look("job of " + name, until(end), on -> {
            Optional<org.libvirt.Domain> found = LibvirtLink.find(on, name);
            return found.isPresent() && LibvirtLink.hasJob(found.get());
        });
    }

    /** The time between two looks of somebody who waits for a change. */
    static void nap() {
        try {
            TimeUnit.MILLISECONDS.sleep(NAP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PortUnreachable("interrupted while a domain was watched", e);
        }
    }

    private static Domain off(Domain ran, Cause why) {
        DomainSeen seen = ran.seen();
        return new Domain(
                new DomainSeen(seen.linode(), State.off, false, seen.ownerEpoch(), seen.generation(), seen.migration()),
                false,
                ran.startedBy(),
                Optional.of(why),
                ran.devices(),
                ran.memoryMib(),
                0);
    }
}
