package lpm.systemtests.mutants;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lpm.contracts.Command;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.host.DomainSeen;
import lpm.contracts.host.HostCommand;
import lpm.contracts.migration.MigrationEvent;
import lpm.migration.live.AttemptCommand;
import lpm.migration.live.MigrationState;
import lpm.platform.Reaction;
import lpm.systemtests.simulation.Parts;

/** Bugs of the hand-over protocol. */
final class MigrationMutants {
    private static final String MIGRATION = "migration/migration";

    private MigrationMutants() {}

    static List<Mutant> all() {
        return Stream.of(decisions(), consequences()).flatMap(List::stream).toList();
    }

    private static List<Mutant> decisions() {
        return List.of(
                new Mutant(
                        "commits-on-the-targets-word",
                        "a target that has the whole copy counts as released by the source",
                        inWindow(AttemptCommand.NoteReceived.class, false)),
                new Mutant(
                        "commits-on-a-timeout",
                        "a silent window commits",
                        inWindow(AttemptCommand.NoteSilence.class, false)),
                new Mutant(
                        "aborts-on-a-timeout",
                        "a silent window counts as the source's word that it runs on",
                        inWindow(AttemptCommand.NoteSilence.class, true)),
                new Mutant("lost-on-a-timeout", "a target that is silent after the commit counts as lost", gone()),
                new Mutant(
                        "believes-the-unasked",
                        "what a host shows unasked counts as an answer",
                        Swap.commands(MIGRATION, MigrationMutants::answered)),
                new Mutant(
                        "resumes-before-the-commit", "the target is told to resume when it has the copy", resumes()));
    }

    private static List<Mutant> consequences() {
        return List.of(
                new Mutant(
                        "abort-forgets-the-target",
                        "an abort does not tell the target to drop its copy",
                        without(MigrationEvent.MigrationAborted.class, HostCommand.CancelIncoming.class)),
                new Mutant(
                        "lost-forgets-the-target",
                        "a lost move does not tell the target to drop its room (the bug of seed 35)",
                        without(MigrationEvent.MigrationLost.class, HostCommand.CancelIncoming.class)),
                new Mutant(
                        "incomplete-copy-is-kept",
                        "the target of a committed move is not told to drop half a copy (the bug of seed 108)",
                        without(MigrationEvent.IncompleteCopyGivenUp.class, HostCommand.CancelIncoming.class)),
                new Mutant(
                        "abort-leaves-the-source-suspended",
                        "an abort does not wake a suspended source",
                        without(MigrationEvent.MigrationAborted.class, HostCommand.EnsureRunning.class)),
                new Mutant(
                        "answers-of-any-host",
                        "a release is believed whoever reports it",
                        Swap.commands(
                                MIGRATION,
                                (command, state) -> command instanceof AttemptCommand.NoteSendFailed note
                                                && state instanceof MigrationState.Window
                                        ? new AttemptCommand.NoteReleased(note.migration(), source(state), 1)
                                        : command)));
    }

    static HostRef source(Object state) {
        return (HostRef) Swap.read(state, "terms", "source");
    }

    private static HostRef target(Object state) {
        return (HostRef) Swap.read(state, "terms", "target");
    }

    /** Within the window a note of one kind is taken for the source's word: released, or that it runs on. */
    private static Parts inWindow(Class<?> note, boolean runsOn) {
        return Swap.commands(
                MIGRATION,
                (command, state) -> state instanceof MigrationState.Window && note.isInstance(command)
                        ? word((AttemptCommand) command, state, runsOn)
                        : command);
    }

    private static Command word(AttemptCommand about, Object state, boolean runsOn) {
        return runsOn
                ? new AttemptCommand.NoteSendFailed(
                        about.migration(), source(state), seen(state, DomainSeen.State.running), "silence")
                : new AttemptCommand.NoteReleased(about.migration(), source(state), 1);
    }

    private static Parts gone() {
        return Swap.commands(
                MIGRATION,
                (command, state) ->
                        state instanceof MigrationState.Committed && command instanceof AttemptCommand.NoteSilence note
                                ? new AttemptCommand.NoteSeen(
                                        note.migration(), target(state), seen(state, DomainSeen.State.absent), true)
                                : command);
    }

    private static Command answered(Command command, Object state) {
        return command instanceof AttemptCommand.NoteSeen note
                ? new AttemptCommand.NoteSeen(note.migration(), note.by(), note.seen(), true)
                : command;
    }

    private static DomainSeen seen(Object state, DomainSeen.State what) {
        return new DomainSeen((LinodeId) Swap.read(state, "terms", "linode"), what, false, 0, 0, Optional.empty());
    }

    private static Parts resumes() {
        return Swap.reactions(
                MIGRATION,
                (event, reactions) -> event.data() instanceof MigrationEvent.HandoverOpened opened
                        ? Stories.and(
                                reactions,
                                Reaction.send(new HostCommand.ResumeLinode(
                                        opened.target(), opened.migration(), opened.linode(), opened.nextEpoch())))
                        : event.data() instanceof MigrationEvent.MigrationUnknown unknown && !unknown.committed()
                                ? Stories.and(
                                        reactions,
                                        Reaction.send(new HostCommand.ResumeLinode(
                                                unknown.target(),
                                                unknown.migration(),
                                                unknown.linode(),
                                                unknown.nextEpoch())))
                                : reactions);
    }

    private static Parts without(Class<?> event, Class<?> command) {
        return Swap.reactions(
                MIGRATION,
                (envelope, reactions) ->
                        event.isInstance(envelope.data()) ? Stories.without(reactions, command) : reactions);
    }
}
