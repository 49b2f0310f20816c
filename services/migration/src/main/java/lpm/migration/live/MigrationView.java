package lpm.migration.live;

import java.util.List;
import java.util.Optional;
import lpm.contracts.Envelope;
import lpm.contracts.migration.MigrationEvent;
import lpm.contracts.migration.MigrationEvent.GuestPauseMeasured;
import lpm.contracts.migration.MigrationEvent.IncompleteCopyGivenUp;
import lpm.contracts.migration.MigrationEvent.MigrationStarted;
import lpm.contracts.migration.MigrationEvent.MigrationUnknown;
import lpm.migration.live.MigrationState.Committed;
import lpm.migration.live.MigrationState.Ended;
import lpm.migration.live.MigrationState.Inviting;
import lpm.migration.live.MigrationState.None;
import lpm.migration.live.MigrationState.Preparing;
import lpm.migration.live.MigrationState.Window;
import lpm.platform.Rows;
import lpm.platform.View;
import lpm.platform.rest.ApiTime;

/** One row for each attempt, for operators and for finding attempts by host and Linode. */
final class MigrationView implements View<MigrationEvent, MigrationState> {
    static final String TABLE = "migration_view";

    @Override
    public List<String> tables() {
        return List.of(TABLE);
    }

    @Override
    public void project(Envelope<MigrationEvent> event, MigrationState after, Rows rows) {
        String id = event.data().migration().toString();
        String now = ApiTime.of(event.occurredAt());
        Optional<MigrationRow> before = rows.get(TABLE, id, MigrationRow.class);
        String created = before.map(MigrationRow::created).orElse(now);
        Optional<String> reason = reason(event.data(), after).or(() -> before.flatMap(MigrationRow::reason));
        boolean asked = event.data() instanceof MigrationUnknown || event.data() instanceof IncompleteCopyGivenUp;
        String status = asked ? "unknown" : status(after);
        MigrationRow row = row(terms(after, event), status, probes(after), reason, created, now);
        rows.put(TABLE, id, timed(paused(row, after), event, before));
    }

    private static Terms terms(MigrationState state, Envelope<MigrationEvent> event) {
        return switch (state) {
            case None _ -> throw new IllegalStateException("no attempt after " + event);
            case Preparing(Terms terms) -> terms;
            case Inviting(Terms terms) -> terms;
            case Window window -> window.terms();
            case Committed committed -> committed.terms();
            case Ended ended -> ended.terms();
        };
    }

    private static int probes(MigrationState state) {
        return switch (state) {
            case None _, Preparing _, Inviting _, Ended _ -> 0;
            case Window window -> window.probe();
            case Committed committed -> committed.probe();
        };
    }

    private static MigrationRow paused(MigrationRow row, MigrationState state) {
        return switch (state) {
            case None _, Preparing _, Inviting _ -> row;
            case Window it -> row.paused(it.predictedPauseMillis(), Optional.empty(), Optional.empty());
            case Committed it -> row.paused(it.predictedPauseMillis(), it.hypervisorPauseMillis(), Optional.empty());
            case Ended it -> row.paused(it.predictedPauseMillis(), it.hypervisorPauseMillis(), it.pausedMillis());
        };
    }

    private static MigrationRow timed(MigrationRow row, Envelope<MigrationEvent> event, Optional<MigrationRow> before) {
        Optional<Durations> durations = event.data() instanceof MigrationStarted
                ? Optional.of(Durations.since(event.occurredAt()))
                : before.flatMap(MigrationRow::durations).map(it -> it.after(event.data(), event.occurredAt()));
        return event.data() instanceof GuestPauseMeasured it
                ? row.measured(Optional.of(it.guestPauseMillis()), Optional.of(it.probe()), durations)
                : row.measured(Optional.empty(), Optional.empty(), durations);
    }

    private static String status(MigrationState state) {
        return switch (state) {
            case None _ -> "none";
            case Preparing _ -> "preparing";
            case Inviting _ -> "inviting";
            case Window window -> window.terms().cold() ? "stopping" : "copying";
            case Committed _ -> "committed";
            case Ended ended -> ended.outcome().name();
        };
    }

    private static Optional<String> reason(MigrationEvent event, MigrationState after) {
        return switch (event) {
            case MigrationUnknown unknown -> Optional.of(unknown.reason());
            case IncompleteCopyGivenUp givenUp -> Optional.of(givenUp.reason());
            case MigrationEvent.MigrationCancelRequested cancel -> Optional.of(cancel.reason());
            case MigrationEvent.HandoverCommitted committed -> Optional.of(committed.because());
            case MigrationEvent.MigrationAborted aborted -> Optional.of(aborted.reason());
            case MigrationEvent.MigrationLost lost -> Optional.of(lost.reason());
            case MigrationStarted _,
                    MigrationEvent.TargetStorageReady _,
                    MigrationEvent.HandoverOpened _,
                    MigrationEvent.CopyStarted _,
                    MigrationEvent.TargetReceived _,
                    MigrationEvent.MigrationCompleted _,
                    GuestPauseMeasured _ -> Optional.empty();
        };
    }

    private static MigrationRow row(
            Terms terms, String status, int probes, Optional<String> reason, String created, String updated) {
        boolean open = !List.of("completed", "aborted", "lost").contains(status);
        return new MigrationRow(
                terms.migration().value(),
                terms.linode().value(),
                terms.account().value(),
                terms.mode().name(),
                status,
                open,
                terms.source().host().value(),
                terms.source().hostEpoch(),
                terms.target().host().value(),
                terms.target().hostEpoch(),
                terms.ownerEpoch(),
                terms.nextEpoch(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                reason,
                probes,
                created,
                updated);
    }
}
