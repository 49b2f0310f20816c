package lpm.migration.live;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import lpm.contracts.Actor;
import lpm.contracts.Command;
import lpm.contracts.Envelope;
import lpm.contracts.Event;
import lpm.contracts.HostId;
import lpm.contracts.PoolId;
import lpm.contracts.Region;
import lpm.contracts.Resources;
import lpm.contracts.host.HostCommand;
import lpm.contracts.host.HostReport;
import lpm.contracts.migration.MigrationEvent;
import lpm.contracts.scheduler.HostEvent.HostRegistered;
import lpm.contracts.storage.FenceEvent.FenceConfirmed;
import lpm.contracts.storage.MoveEvent.MovePrepared;
import lpm.contracts.storage.MoveEvent.MoveRefused;
import lpm.contracts.storage.StorageCommand.PrepareMove;
import lpm.migration.known.KnownHost;
import lpm.platform.Decision;
import lpm.platform.Reaction;
import lpm.platform.rows.InMemoryRows;

/** The real feature in a model of its surroundings: topics that delay, reminders that come at any time. */
final class TinyCloud {
    private static final UUID ID = new UUID(0, 1);

    final Random random;
    final List<MigrationEvent> events = new ArrayList<>();
    final List<String> story = new ArrayList<>();
    final Deque<Envelope<MigrationEvent>> outbox = new ArrayDeque<>();
    final List<Command> reminders = new ArrayList<>();
    final Deque<Event> schedulerFacts = new ArrayDeque<>();
    final Deque<Event> storageFacts = new ArrayDeque<>();
    final TinyHost source = new TinyHost(Some.A);
    final TinyHost target = new TinyHost(Some.B);
    MigrationState state;

    private final MigrationDecider decider = new MigrationDecider();
    private final MigrationProcess process = new MigrationProcess();
    private final MigrationView view = new MigrationView();
    private final KnownHost known = new KnownHost();
    private final InMemoryRows rows = new InMemoryRows();

    TinyCloud(Random random, Terms terms) {
        this.random = random;
        this.state = decider.initial();
        source.run(terms.ownerEpoch(), false);
        tell(new AttemptCommand.Begin(terms));
    }

    void note(String what) {
        story.add(what);
    }

    boolean ended() {
        return state instanceof MigrationState.Ended;
    }

    /** A command or question reaches the feature. */
    void tell(Command command) {
        switch (command) {
            case RelateFact fact -> new RelatePlanner().plan(fact, rows).forEach(unit -> unit.forEach(this::tell));
            case CheckAttempt check -> new CheckPlanner().plan(check, rows).forEach(unit -> unit.forEach(this::tell));
            case AttemptCommand own -> decide(own);
            default -> throw new IllegalArgumentException("nobody decides " + command);
        }
    }

    private void decide(AttemptCommand command) {
        if (!(decider.decide(command, state) instanceof Decision.Accepted<MigrationEvent>(var decided))) {
            throw new IllegalStateException("refused " + command);
        }
        for (MigrationEvent event : decided) {
            note("  decided " + event);
            state = decider.evolve(state, event);
            Envelope<MigrationEvent> envelope = envelope(event, events.size());
            events.add(event);
            view.project(envelope, state, rows);
            outbox.add(envelope);
        }
    }

    /** A foreign fact reaches the feature. */
    void hear(Event fact) {
        Envelope<Event> envelope = envelope(fact, 0);
        known.note(envelope, rows);
        new MigrationInbox().translate(envelope).forEach(this::tell);
    }

    /** The relay publishes the next event and what follows from it. */
    void relay() {
        Envelope<MigrationEvent> event = outbox.remove();
        long sequence = event.sequence() == null ? 0 : event.sequence();
        int index = 0;
        for (Reaction reaction : process.react(event)) {
            switch (reaction) {
                case Reaction.Remind(var _, Command command) -> reminders.add(command);
                case Reaction.Send(Command command, var _, var _) -> send(sequence * 64 + index, command);
            }
            index++;
        }
    }

    private void send(long number, Command command) {
        switch (command) {
            case HostCommand order -> host(order.at().host()).orders.add(new TinyHost.Order(number, order));
            case PrepareMove move ->
                storageFacts.add(
                        random.nextInt(20) == 0
                                ? new MoveRefused(move.migration(), move.linode(), "no path")
                                : new MovePrepared(move.migration(), move.linode()));
            default -> note("  sent " + command);
        }
    }

    TinyHost host(HostId id) {
        return id.equals(source.ref.host()) ? source : target;
    }

    TinyHost other(TinyHost host) {
        return host == source ? target : source;
    }

    void report(TinyHost host, HostReport report) {
        note("  " + report);
        host.reports.add(report);
    }

    /** Others learn that a host is back under a new registration; its first report is a complete inventory. */
    void register(TinyHost host) {
        host.rise();
        note("registered " + host.ref);
        schedulerFacts.add(new HostRegistered(
                host.ref.host(),
                host.ref.hostEpoch(),
                "i" + host.ref.hostEpoch(),
                Region.of("us-east"),
                Resources.NONE,
                List.of(PoolId.of("rbd1")),
                "xen",
                "cpu",
                "uri",
                "key",
                List.of()));
        inventory(host);
    }

    void inventory(TinyHost host) {
        List<lpm.contracts.host.DomainSeen> domains =
                host.domain == TinyHost.Domain.NONE ? List.of() : List.of(host.seen(false));
        report(host, new HostReport.InventoryReported(host.ref, "i", true, domains));
    }

    void fenced(TinyHost host) {
        note("fenced " + host.ref);
        host.fencedEpoch = host.ref.hostEpoch();
        storageFacts.add(new FenceConfirmed(host.ref));
    }

    private static <E> Envelope<E> envelope(E data, long sequence) {
        return new Envelope<>(
                ID,
                data.getClass().getSimpleName(),
                1,
                "test:1",
                sequence,
                null,
                null,
                null,
                null,
                null,
                null,
                Instant.EPOCH,
                ID,
                null,
                Actor.service("test"),
                null,
                data);
    }
}
