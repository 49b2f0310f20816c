package lpm.migration.live;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import lpm.contracts.Command;
import lpm.contracts.HostId;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;
import lpm.contracts.host.DomainSeen;
import lpm.contracts.host.HostReport.CommandRefused;
import lpm.contracts.host.HostReport.InventoryReported;
import lpm.contracts.host.HostReport.LinodeBootFailed;
import lpm.contracts.host.HostReport.LinodeBootObserved;
import lpm.contracts.host.HostReport.LinodeDescribed;
import lpm.contracts.host.HostReport.LinodeStopObserved;
import lpm.contracts.scheduler.HostEvent.HostFenced;
import lpm.contracts.scheduler.HostEvent.HostRegistered;
import lpm.contracts.storage.FenceEvent.FenceConfirmed;
import lpm.platform.Lookup;
import lpm.platform.Planner;
import lpm.platform.Query;

/** Brings facts that name only a host or a Linode to the open attempts they concern. */
final class RelatePlanner implements Planner<RelateFact> {
    private static final String LINODE = "linode:";

    @Override
    public Class<RelateFact> question() {
        return RelateFact.class;
    }

    @Override
    public List<List<Command>> plan(RelateFact question, Lookup rows) {
        List<Command> notes = notes(question, rows);
        return notes.isEmpty() ? List.of() : List.of(notes);
    }

    private static List<Command> notes(RelateFact question, Lookup rows) {
        return switch (question.fact()) {
            case HostRegistered fact -> onHost(fact.host(), rows, known(fact.host(), fact.hostEpoch(), 0));
            case HostFenced fact ->
                onHost(fact.host(), rows, known(fact.host(), 0, fact.fenced().hostEpoch()));
            case FenceConfirmed fact ->
                onHost(fact.host(), rows, known(fact.host(), 0, fact.fenced().hostEpoch()));
            case InventoryReported fact -> onHost(fact.by().host(), rows, seen(fact));
            case LinodeDescribed fact ->
                of(fact.seen().linode(), rows, id -> new AttemptCommand.NoteSeen(id, fact.by(), fact.seen(), false));
            case LinodeStopObserved fact ->
                of(fact.linode(), rows, id -> new AttemptCommand.NoteStopped(id, fact.by(), fact.ownerEpoch()));
            case LinodeBootObserved fact ->
                of(fact.linode(), rows, id -> new AttemptCommand.NoteBooted(id, fact.by(), fact.ownerEpoch()));
            case LinodeBootFailed fact ->
                of(
                        fact.linode(),
                        rows,
                        id -> new AttemptCommand.NoteBootFailed(id, fact.by(), fact.ownerEpoch(), fact.reason()));
            case CommandRefused fact -> refused(fact, rows);
            default -> List.of();
        };
    }

    private static List<Command> refused(CommandRefused fact, Lookup rows) {
        return linodeIn(fact.subject())
                .map(linode -> of(
                        linode,
                        rows,
                        id -> new AttemptCommand.NoteOrderRefused(id, fact.by(), fact.commandType(), fact.reason())))
                .orElse(List.of());
    }

    private static Optional<LinodeId> linodeIn(String subject) {
        String digits = subject.startsWith(LINODE) ? subject.substring(LINODE.length()) : "";
        return digits.matches("[0-9]{1,18}") ? Optional.of(LinodeId.of(Long.parseLong(digits))) : Optional.empty();
    }

    private static Function<MigrationRow, Command> known(HostId host, long registered, long fenced) {
        HostKnown known = HostKnown.nothing(host).registered(registered).fencedAt(fenced);
        return row -> new AttemptCommand.NoteHost(MigrationId.of(row.id()), known);
    }

    /** In a complete inventory, what is not listed is not there. */
    private static Function<MigrationRow, Command> seen(InventoryReported fact) {
        HostRef by = fact.by();
        return row -> {
            LinodeId linode = LinodeId.of(row.linodeId());
            DomainSeen seen = fact.domains().stream()
                    .filter(each -> each.linode().equals(linode))
                    .findFirst()
                    .orElse(new DomainSeen(linode, DomainSeen.State.absent, false, 0, 0, Optional.empty()));
            return new AttemptCommand.NoteSeen(MigrationId.of(row.id()), by, seen, false);
        };
    }

    private static List<Command> onHost(HostId host, Lookup rows, Function<MigrationRow, Command> note) {
        return Stream.of("source_host", "target_host")
                .flatMap(end ->
                        rows.find(MigrationView.TABLE, open().and(end, host.value()), MigrationRow.class).stream())
                .map(note)
                .toList();
    }

    private static List<Command> of(LinodeId linode, Lookup rows, Function<MigrationId, Command> note) {
        return rows.find(MigrationView.TABLE, open().and("linode_id", linode.value()), MigrationRow.class).stream()
                .map(row -> note.apply(MigrationId.of(row.id())))
                .toList();
    }

    private static Query open() {
        return Query.where("open", true).orderBy("id", false);
    }
}
