package lpm.systemtests.explore;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import lpm.contracts.BlockDevice;
import lpm.contracts.LinodeId;
import lpm.contracts.host.DomainSeen;
import lpm.hostagent.hypervisor.Domain;
import lpm.hostagent.hypervisor.Hypervisor;
import lpm.hostagent.simulated.XenControl.HostFigures;
import lpm.migration.live.MigrationState;
import lpm.platform.Query;
import lpm.platform.rest.KnownTokens;
import lpm.platform.rows.InMemoryRows;
import lpm.scheduler.host.HostState;
import lpm.scheduler.host.ReservationRow;
import lpm.scheduler.linode.LinodeJob;
import lpm.scheduler.linode.LinodeState;
import lpm.scheduler.rebalance.RebalanceState;
import lpm.scheduler.recovery.RecoveryState;
import lpm.storage.fence.FenceState;
import lpm.storage.volume.VolumeState;
import lpm.systemtests.simulation.Cell;
import lpm.systemtests.simulation.SimulatedApp;
import lpm.systemtests.simulation.SimulatedHost;

/** What must hold once nothing is wrong any more and everything has had its time. */
final class EndChecks {
    static final String ENDS = "every job ends once faults stop";
    static final String RUNS_WHERE_BELIEVED = "a Linode runs exactly where it is believed to";
    static final String NOTHING_LEFT = "nothing is left on hosts that belongs to nobody";
    static final String HELD_WHERE_PLACED = "capacity is held exactly where Linodes are";
    static final String PLUGGED_WHERE_BELIEVED = "a volume is plugged in exactly where it is believed to";
    static final String REBUILT = "views made anew equal the live ones";
    static final String REVOKED = "a revoked token opens nothing";

    private final Cell cell;

    EndChecks(Cell cell) {
        this.cell = cell;
    }

    /** What has not ended yet; empty when all has. */
    Optional<String> unfinished() {
        List<String> open = new ArrayList<>();
        SimulatedApp scheduler = cell.service("scheduler");
        scheduler.states(LinodeState.class).forEach((id, state) -> {
            boolean ended =
                    switch (state) {
                        case LinodeState.Placed it ->
                            it.job() instanceof LinodeJob.Idle
                                    && !it.doomed()
                                    && it.body().queue().isEmpty();
                        case LinodeState.Deleted _, LinodeState.Unknown _ -> true;
                        case LinodeState.Unplaced it -> it.refused().isPresent();
                        case LinodeState.Lost _ -> false;
                    };
            if (!ended) {
                open.add(id + " " + state);
            }
        });
        note(open, scheduler.states(HostState.class), EndChecks::trusted);
        note(open, scheduler.states(RecoveryState.class), it -> !(it instanceof RecoveryState.Running));
        note(open, scheduler.states(RebalanceState.class), it -> !(it instanceof RebalanceState.Running));
        note(
                open,
                cell.service("migration").states(MigrationState.class),
                it -> it instanceof MigrationState.Ended || it instanceof MigrationState.None);
        note(open, cell.service("storage").states(VolumeState.class), EndChecks::ended);
        note(open, cell.service("storage").states(FenceState.class), it -> it.open()
                .isEmpty());
        cell.services().stream()
                .filter(each -> each.waiting() > 0)
                .forEach(each -> open.add(each.name() + " has work waiting"));
        return open.stream().findFirst();
    }

    /** The same, and records that are on their way: something may begin by them. */
    Optional<String> stillToCome() {
        return unfinished().or(() -> cell.bus().isRead() ? Optional.empty() : Optional.of("records are on their way"));
    }

    private static <S> void note(List<String> open, Map<String, S> states, java.util.function.Predicate<S> ended) {
        states.forEach((id, state) -> {
            if (!ended.test(state)) {
                open.add(id + " " + state);
            }
        });
    }

    /** One that is suspected is heard again or shut out: either is still to come. */
    private static boolean trusted(HostState state) {
        return state instanceof HostState.Registered host && host.standing() == HostState.Standing.trusted;
    }

    private static boolean ended(VolumeState state) {
        return switch (state) {
            case VolumeState.Active it ->
                it.traits().heldBy().isEmpty()
                        && (it.attachment() instanceof VolumeState.Attachment.Detached
                                || it.attachment() instanceof VolumeState.Attachment.Attached);
            case VolumeState.None _, VolumeState.Gone _ -> true;
            case VolumeState.Creating _, VolumeState.Resizing _, VolumeState.Deleting _ -> false;
        };
    }

    void check() {
        runsWhereBelieved();
        heldWherePlaced();
        nothingLeft();
        pluggedWhereBelieved();
        rebuilt();
        revoked();
    }

    private void runsWhereBelieved() {
        Map<String, String> witnessed = new TreeMap<>();
        for (HostFigures host : cell.xen().figures()) {
            host.running()
                    .forEach(each ->
                            witnessed.merge(each.aggregateId(), host.host().value(), (a, b) -> a + b));
        }
        Map<String, String> believed = new TreeMap<>();
        cell.service("scheduler").states(LinodeState.Placed.class).forEach((id, placed) -> {
            if (placed.running()) {
                believed.put(id, placed.at().host().value());
            }
        });
        same(RUNS_WHERE_BELIEVED, "witnessed", witnessed, "believed", believed);
    }

    private void heldWherePlaced() {
        Map<String, String> held = new TreeMap<>();
        cell.service("scheduler").rows().find(ReservationRow.TABLE, Query.all(), ReservationRow.class).stream()
                .forEach(row -> held.merge(
                        row.linode().aggregateId(), row.host() + " " + row.resources(), (a, b) -> a + " and " + b));
        Map<String, String> placed = new TreeMap<>();
        cell.service("scheduler")
                .states(LinodeState.Placed.class)
                .forEach((id, it) ->
                        placed.put(id, it.at().host() + " " + it.body().sizing().resources()));
        same(HELD_WHERE_PLACED, "held", held, "placed", placed);
    }

    private void nothingLeft() {
        Map<String, LinodeState.Placed> placed = cell.service("scheduler").states(LinodeState.Placed.class);
        for (SimulatedHost host : cell.hosts()) {
            Hypervisor hypervisor = cell.xen().hypervisor(host.id());
            long taken = 0;
            for (Domain domain : hypervisor.list()) {
                if (domain.seen().state() == DomainSeen.State.off) {
                    continue;
                }
                LinodeId linode = domain.seen().linode();
                LinodeState.Placed owner = placed.get(linode.aggregateId());
                if (owner == null || !owner.at().host().equals(host.id())) {
                    throw new Violation(NOTHING_LEFT, host.id() + " has " + domain);
                }
                taken += domain.memoryMib();
            }
            long free = hypervisor.freeMemoryMib();
            long expected = hypervisor.facts().capacity().memoryMib() - taken;
            if (free != expected) {
                throw new Violation(NOTHING_LEFT, host.id() + " has " + free + " MiB free, expected " + expected);
            }
        }
    }

    /** Of Linodes that run; one that is off has its volumes written down only. */
    private void pluggedWhereBelieved() {
        Map<String, String> plugged = new TreeMap<>();
        Set<LinodeId> running = new TreeSet<>(Comparator.comparing(LinodeId::value));
        for (HostFigures host : cell.xen().figures()) {
            running.addAll(host.running());
            cell.xen().hypervisor(host.host()).list().stream()
                    .filter(each -> each.seen().state() == DomainSeen.State.running)
                    .forEach(each -> each.devices().stream()
                            .filter(device -> device.kind() == BlockDevice.Kind.volume)
                            .forEach(device -> plugged.merge(
                                    device.image(), each.seen().linode().toString(), (a, b) -> a + " and " + b)));
        }
        Map<String, String> believed = new TreeMap<>();
        cell.service("storage").states(VolumeState.Active.class).forEach((id, volume) -> volume.attachment()
                .at()
                .filter(running::contains)
                .ifPresent(linode -> believed.put("volume-" + id.substring(id.indexOf(':') + 1), linode.toString())));
        same(PLUGGED_WHERE_BELIEVED, "plugged", plugged, "believed", believed);
    }

    private void rebuilt() {
        for (SimulatedApp service : cell.services()) {
            compare(service, service.viewTables(), service.rebuiltViews());
            compare(service, service.knownTables(), service.rebuiltKnown());
        }
    }

    private static void compare(SimulatedApp service, List<String> tables, InMemoryRows fresh) {
        for (String table : tables) {
            same(
                    REBUILT,
                    service.name() + " " + table + " live",
                    rows(service.rows(), table),
                    "anew",
                    rows(fresh, table));
        }
    }

    private static Set<String> rows(InMemoryRows rows, String table) {
        Set<String> all = new TreeSet<>();
        rows.find(table, Query.all(), JsonNode.class).forEach(each -> all.add(each.toString()));
        return all;
    }

    private void revoked() {
        Map<Long, String> states = new HashMap<>();
        cell.service("account")
                .states(lpm.account.access.TokenState.class)
                .forEach(
                        (id, state) -> states.put(Long.parseLong(id.substring(id.indexOf(':') + 1)), state.toString()));
        for (String name : List.of("scheduler", "migration", "storage")) {
            cell.service(name).rows().find(KnownTokens.TOKENS, Query.all(), KnownTokens.Token.class).stream()
                    .filter(each -> !each.revoked()
                            && states.getOrDefault(each.tokenId(), "").startsWith("Revoked"))
                    .forEach(each -> {
                        throw new Violation(REVOKED, name + " still knows " + each);
                    });
        }
    }

    private static void same(String invariant, String one, Object first, String other, Object second) {
        if (!first.equals(second)) {
            throw new Violation(invariant, one + " " + first + ", " + other + " " + second);
        }
    }
}
