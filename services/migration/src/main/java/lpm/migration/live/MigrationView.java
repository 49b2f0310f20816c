package lpm.migration.live;

import java.util.List;
import java.util.Optional;
import lpm.contracts.Envelope;
import lpm.contracts.migration.MigrationEvent;
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
        String status = event.data() instanceof MigrationUnknown ? "unknown" : status(after);
        switch (after) {
            case None _ -> throw new IllegalStateException("no attempt after " + event);
            case Preparing(Terms terms) -> rows.put(TABLE, id, row(terms, status, 0, reason, created, now));
            case Inviting(Terms terms) -> rows.put(TABLE, id, row(terms, status, 0, reason, created, now));
            case Window window ->
                rows.put(
                        TABLE,
                        id,
                        paused(
                                row(window.terms(), status, window.probe(), reason, created, now),
                                window.predictedPauseMillis(),
                                Optional.empty(),
                                Optional.empty()));
            case Committed it ->
                rows.put(
                        TABLE,
                        id,
                        paused(
                                row(it.terms(), status, it.probe(), reason, created, now),
                                it.predictedPauseMillis(),
                                it.hypervisorPauseMillis(),
                                Optional.empty()));
            case Ended it ->
                rows.put(
                        TABLE,
                        id,
                        paused(
                                row(it.terms(), status, 0, reason, created, now),
                                it.predictedPauseMillis(),
                                it.hypervisorPauseMillis(),
                                it.pausedMillis()));
        }
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
            case MigrationEvent.MigrationCancelRequested cancel -> Optional.of(cancel.reason());
            case MigrationEvent.HandoverCommitted committed -> Optional.of(committed.because());
            case MigrationEvent.MigrationAborted aborted -> Optional.of(aborted.reason());
            case MigrationEvent.MigrationLost lost -> Optional.of(lost.reason());
            case MigrationEvent.MigrationStarted _,
                    MigrationEvent.TargetStorageReady _,
                    MigrationEvent.HandoverOpened _,
                    MigrationEvent.CopyStarted _,
                    MigrationEvent.TargetReceived _,
                    MigrationEvent.MigrationCompleted _ -> Optional.empty();
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
                reason,
                probes,
                created,
                updated);
    }

    private static MigrationRow paused(
            MigrationRow row, Optional<Long> predicted, Optional<Long> hypervisor, Optional<Long> whole) {
        return new MigrationRow(
                row.id(),
                row.linodeId(),
                row.accountId(),
                row.type(),
                row.status(),
                row.open(),
                row.sourceHost(),
                row.sourceHostEpoch(),
                row.targetHost(),
                row.targetHostEpoch(),
                row.ownerEpoch(),
                row.nextEpoch(),
                predicted,
                hypervisor,
                whole,
                row.reason(),
                row.probes(),
                row.created(),
                row.updated());
    }
}
