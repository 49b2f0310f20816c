package lpm.systemtests.mutants;

import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import lpm.contracts.Command;
import lpm.contracts.Event;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.scheduler.HostEvent;
import lpm.contracts.scheduler.LinodeEvent;
import lpm.platform.Reaction;
import lpm.scheduler.host.FleetHostCommand;
import lpm.scheduler.linode.LinodeCommand;
import lpm.scheduler.linode.LinodeJob;
import lpm.scheduler.linode.LinodeState.Placed;
import lpm.systemtests.simulation.Parts;
import org.jspecify.annotations.Nullable;

/** Bugs of the scheduler: who owns a Linode, and where it is held. */
final class LinodeMutants {
    private static final String LINODE = "scheduler/linode";
    private static final String HOST = "scheduler/host";
    private static final Duration A_WHILE = Duration.ofSeconds(20);

    private LinodeMutants() {}

    static List<Mutant> all() {
        return Stream.of(ownership(), capacity(), releases())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Mutant> ownership() {
        return List.of(
                new Mutant(
                        "recovers-during-a-migration",
                        "a lost host is acted on though a migration is open",
                        Swap.states(LINODE, LinodeMutants::withoutMove)),
                new Mutant(
                        "reuses-the-epoch-of-a-loss",
                        "a lost Linode keeps its owner epoch",
                        Swap.events(
                                LINODE,
                                (event, state) ->
                                        event instanceof LinodeEvent.LinodeLost e && state instanceof Placed it
                                                ? loss(e, it.ownerEpoch())
                                                : event)),
                new Mutant(
                        "recovery-takes-the-next-epoch",
                        "a lost Linode gets the epoch after its own, though a move was promised that one",
                        Swap.events(
                                LINODE,
                                (event, state) ->
                                        event instanceof LinodeEvent.LinodeLost e && state instanceof Placed it
                                                ? loss(e, it.ownerEpoch() + 1)
                                                : event)),
                new Mutant(
                        "reuses-the-epoch-of-a-move",
                        "a second move is given the epoch of the first",
                        Swap.events(LINODE, LinodeMutants::sameNextEpoch)),
                new Mutant("restarts-before-the-fence", "a fence counts as soon as it is asked for", beforeFence()),
                new Mutant(
                        "abort-releases-the-source",
                        "an aborted move gives back the capacity of the wrong host",
                        released(LinodeEvent.LinodeMoveAborted.class, true)),
                new Mutant(
                        "capacity-released-twice",
                        "a finished move gives back the capacity of both hosts",
                        releasedTwice()));
    }

    private static List<Mutant> releases() {
        return List.of(
                new Mutant(
                        "released-again-after-a-move",
                        "a finished move gives back its source's capacity once more a while later",
                        again(event -> event instanceof LinodeEvent.LinodeMoved e ? e.source() : null)),
                new Mutant(
                        "released-again-after-an-abort",
                        "an aborted move gives back its target's capacity once more a while later",
                        again(event -> event instanceof LinodeEvent.LinodeMoveAborted e ? e.target() : null)),
                new Mutant(
                        "released-again-after-a-replacement",
                        "an offline Linode's old host gives back its capacity once more a while later",
                        again(event -> event instanceof LinodeEvent.LinodeReplaced e ? e.source() : null)),
                new Mutant(
                        "released-again-after-a-recovery",
                        "a lost Linode's old host gives back its capacity once more a while later",
                        again(event -> event instanceof LinodeEvent.LinodeRecoveryPlaced e ? e.from() : null)));
    }

    /** The same capacity is given back once more, when the Linode may be there again. */
    private static Parts again(Function<Object, @Nullable HostRef> from) {
        return Swap.reactions(LINODE, (envelope, reactions) -> {
            HostRef at = from.apply(envelope.data());
            LinodeId linode = ((LinodeEvent) envelope.data()).linode();
            return at == null
                    ? reactions
                    : Stories.and(
                            reactions,
                            Reaction.remind(A_WHILE, new FleetHostCommand.ReleaseCapacity(at.host(), linode)));
        });
    }

    private static List<Mutant> capacity() {
        return List.of(
                new Mutant(
                        "capacity-never-released",
                        "a finished move keeps the capacity of its source",
                        released(LinodeEvent.LinodeMoved.class, false)),
                new Mutant(
                        "shutdown-does-not-wait",
                        "a Linode counts as stopped when that is ordered",
                        answersItself(event -> event instanceof LinodeEvent.LinodeShutdownRequested e
                                ? new LinodeCommand.NoteStopped(e.linode(), e.at(), e.ownerEpoch(), "requested")
                                : null)),
                new Mutant(
                        "new-registrations-are-ignored",
                        "what ran before a host's new registration counts as running",
                        Swap.commands(LINODE, LinodeMutants::deafToHosts)),
                new Mutant(
                        "capacity-not-checked",
                        "a host holds whatever is asked for",
                        Swap.states(HOST, LinodeMutants::empty)));
    }

    private static Object withoutMove(Command command, Object state) {
        boolean aboutHosts =
                command instanceof LinodeCommand.NoteHostLost || command instanceof LinodeCommand.NoteHostRegistered;
        return aboutHosts && state instanceof Placed it && it.job() instanceof LinodeJob.Moving
                ? new Placed(it.body(), it.at(), it.ownerEpoch(), it.running(), new LinodeJob.Idle(), it.since(), false)
                : state;
    }

    private static LinodeEvent.LinodeLost loss(LinodeEvent.LinodeLost e, long epoch) {
        return new LinodeEvent.LinodeLost(
                e.linode(),
                e.account(),
                e.region(),
                e.lostAt(),
                epoch,
                e.resources(),
                e.devices(),
                e.wasRunning(),
                e.because());
    }

    private static Event sameNextEpoch(Event event, Object state) {
        return event instanceof LinodeEvent.LinodeMoveRequested e
                ? new LinodeEvent.LinodeMoveRequested(
                        e.linode(),
                        e.account(),
                        e.migration(),
                        e.mode(),
                        e.source(),
                        e.target(),
                        e.ownerEpoch(),
                        e.ownerEpoch() + 1,
                        e.spec(),
                        e.maxPauseMillis(),
                        e.because())
                : event;
    }

    private static Parts beforeFence() {
        return Swap.reactions(
                HOST,
                (event, reactions) -> event.data() instanceof HostEvent.HostFenceRequested e
                        ? Stories.and(reactions, Reaction.send(new FleetHostCommand.NoteFenced(e.fenced())))
                        : reactions);
    }

    private static Parts released(Class<?> event, boolean source) {
        return Swap.reactions(LINODE, (envelope, reactions) -> {
            if (!event.isInstance(envelope.data())) {
                return reactions;
            }
            List<Reaction> kept = Stories.without(reactions, FleetHostCommand.ReleaseCapacity.class);
            return source && envelope.data() instanceof LinodeEvent.LinodeMoveAborted e
                    ? Stories.and(
                            kept,
                            Reaction.send(new FleetHostCommand.ReleaseCapacity(
                                    e.source().host(), e.linode())))
                    : kept;
        });
    }

    private static Parts releasedTwice() {
        return Swap.reactions(
                LINODE,
                (envelope, reactions) -> envelope.data() instanceof LinodeEvent.LinodeMoved e
                        ? Stories.and(
                                reactions,
                                Reaction.send(new FleetHostCommand.ReleaseCapacity(
                                        e.target().host(), e.linode())))
                        : reactions);
    }

    private static Parts answersItself(Function<Object, @Nullable Command> answer) {
        BiFunction<Object, List<Reaction>, List<Reaction>> with = (event, reactions) -> {
            Command command = answer.apply(event);
            return command == null ? reactions : Stories.and(reactions, Reaction.send(command));
        };
        return Swap.reactions(LINODE, (envelope, reactions) -> with.apply(envelope.data(), reactions));
    }

    private static Command deafToHosts(Command command, Object state) {
        return command instanceof LinodeCommand.NoteHostRegistered note
                ? new LinodeCommand.NoteHostRegistered(
                        note.linode(), new HostRef(note.now().host(), 0))
                : command instanceof LinodeCommand.NoteHostLost note
                        ? new LinodeCommand.NoteHostLost(
                                note.linode(), new HostRef(note.lost().host(), 0), false)
                        : command;
    }

    private static Object empty(Command command, Object state) {
        return state instanceof lpm.scheduler.host.HostState.Registered it
                        && (command instanceof FleetHostCommand.ResizeCapacity
                                || command instanceof FleetHostCommand.ReserveCapacity)
                ? new lpm.scheduler.host.HostState.Registered(
                        it.identity(), roomy(it.registration()), it.standing(), it.marks(), it.holdings(), it.claim())
                : state;
    }

    private static lpm.scheduler.host.HostState.Registration roomy(lpm.scheduler.host.HostState.Registration real) {
        return new lpm.scheduler.host.HostState.Registration(
                real.hostEpoch(),
                real.incarnation(),
                new lpm.contracts.Resources(1_000, 1_000_000),
                real.pools(),
                real.hypervisor(),
                real.cpuModel(),
                real.migrationUri(),
                real.publicKey());
    }
}
