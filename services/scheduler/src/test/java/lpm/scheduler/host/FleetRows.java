package lpm.scheduler.host;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import lpm.contracts.AccountId;
import lpm.contracts.Actor;
import lpm.contracts.Envelope;
import lpm.contracts.Event;
import lpm.contracts.HostId;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.PoolId;
import lpm.contracts.Region;
import lpm.contracts.Resources;
import lpm.contracts.host.HostReport.HostAnnounced;
import lpm.contracts.scheduler.HostEvent;
import lpm.platform.Decision;
import lpm.platform.rows.InMemoryRows;
import lpm.scheduler.host.FleetHostCommand.EnrolHost;
import lpm.scheduler.host.FleetHostCommand.NoteAnnounced;
import lpm.scheduler.host.FleetHostCommand.ReserveCapacity;
import org.jspecify.annotations.Nullable;

/** Hosts decided and projected as in production, with their rows in memory. */
public final class FleetRows {
    public static final Region EAST = new Region("us-east");
    public static final AccountId ACCOUNT = new AccountId(7);

    private final HostDecider decider = new HostDecider();
    private final HostView view = new HostView();
    private final Map<HostId, HostState> states = new HashMap<>();
    private final InMemoryRows rows = new InMemoryRows();

    public InMemoryRows rows() {
        return rows;
    }

    /** A registered host with this much for Linodes. */
    public FleetRows host(String name, int vcpus, long usableMib) {
        return host(name, vcpus, usableMib, "epyc");
    }

    public FleetRows host(String name, int vcpus, long usableMib, String cpuModel) {
        HostId id = new HostId(name);
        Resources capacity = new Resources(vcpus / HostRoom.VCPUS_PER_CPU, HostRoom.DOM0_RESERVE_MIB + usableMib);
        tell(new EnrolHost(id, EAST, "r1", "uuid-" + name));
        return tell(new NoteAnnounced(
                id,
                new HostAnnounced(
                        new HostRef(id, 0),
                        "boot-1",
                        EAST,
                        capacity,
                        List.of(new PoolId("pool-1")),
                        "xen",
                        cpuModel,
                        "xen://" + name,
                        "key-" + name)));
    }

    public FleetRows held(String host, long linode, int vcpus, long memoryMib) {
        HostId id = new HostId(host);
        return tell(new ReserveCapacity(
                new HostRef(id, HostDecider.hostEpoch(states.get(id))),
                new LinodeId(linode),
                ACCOUNT,
                new Resources(vcpus, memoryMib)));
    }

    /** Decides and projects; must be accepted. */
    public FleetRows tell(FleetHostCommand command) {
        HostState state = states.computeIfAbsent(command.host(), _ -> decider.initial());
        switch (decider.decide(command, state)) {
            case Decision.Rejected<HostEvent> rejected ->
                throw new AssertionError(command + " was refused: " + rejected.refusal());
            case Decision.Accepted<HostEvent> accepted -> {
                for (HostEvent event : accepted.events()) {
                    state = decider.evolve(state, event);
                    view.project(envelope(event, command.aggregateId()), state, rows);
                }
            }
        }
        states.put(command.host(), state);
        return this;
    }

    /** The row of a host that holds nothing. */
    public static HostRow row(HostRef at, String region, String state, String standing, @Nullable String publicKey) {
        HostRow.Size none = new HostRow.Size(0, 0);
        return new HostRow(
                at.host().value(),
                region,
                "r1",
                "uuid",
                state,
                standing,
                null,
                null,
                at.hostEpoch(),
                "xen",
                "epyc",
                List.of(),
                none,
                none,
                none,
                none,
                0,
                false,
                publicKey);
    }

    /** An event as views see it. */
    public static <E extends Event> Envelope<E> envelope(E event, String aggregateId) {
        return new Envelope<>(
                new UUID(1, 1),
                "scheduler." + event.getClass().getSimpleName(),
                1,
                aggregateId,
                0L,
                null,
                null,
                null,
                null,
                null,
                null,
                Instant.parse("2026-01-01T00:00:00Z"),
                new UUID(1, 2),
                null,
                Actor.service("scheduler"),
                null,
                event);
    }
}
