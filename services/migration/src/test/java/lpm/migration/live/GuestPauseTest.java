package lpm.migration.live;

import static lpm.migration.live.Some.A;
import static lpm.migration.live.Some.B;
import static lpm.migration.live.Some.ID;
import static lpm.migration.live.Some.LINODE;
import static lpm.migration.live.Some.LIVE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import lpm.contracts.Actor;
import lpm.contracts.Envelope;
import lpm.contracts.MessageTypes;
import lpm.contracts.migration.MigrationEvent;
import lpm.contracts.migration.MigrationEvent.CopyStarted;
import lpm.contracts.migration.MigrationEvent.GuestPauseMeasured;
import lpm.migration.live.AttemptCommand.NoteGuestPause;
import lpm.platform.DeciderSpec;
import lpm.platform.rows.InMemoryRows;
import org.junit.jupiter.api.Test;

/** The pause as the guest's neighbours saw it comes after the end, once, and stands beside the other figures. */
class GuestPauseTest {
    private static final Instant START = Instant.parse("2005-06-01T12:00:00Z");

    private final MigrationDecider decider = new MigrationDecider();
    private final InMemoryRows rows = new InMemoryRows();
    private MigrationState state = decider.initial();

    private static DeciderSpec<AttemptCommand, MigrationState, MigrationEvent> open() {
        return DeciderSpec.of(new MigrationDecider())
                .given(
                        Some.started(LIVE),
                        Some.storageReady(),
                        Some.opened(LIVE),
                        Some.committed(LIVE, "source released", Optional.of(40L)));
    }

    private static DeciderSpec<AttemptCommand, MigrationState, MigrationEvent> done() {
        return open().given(Some.completed(Optional.of(300L), Optional.of(40L), Optional.of(120L)));
    }

    @Test
    void theFirstMeasurementOfTheTargetIsRecorded() {
        done().when(new NoteGuestPause(ID, B, 950, "ping"))
                .then(new GuestPauseMeasured(ID, LINODE, 950, "ping"))
                .when(new NoteGuestPause(ID, B, 990, "ping"))
                .thenNothing();
    }

    @Test
    void nobodyElsesAndNoneOfAnAttemptThatDidNotComplete() {
        done().when(new NoteGuestPause(ID, A, 950, "ping")).thenNothing();
        open().when(new NoteGuestPause(ID, B, 950, "ping")).thenNothing();
        open().given(Some.lost("the target was fenced"))
                .when(new NoteGuestPause(ID, B, 950, "ping"))
                .thenNothing();
    }

    @Test
    void theRowShowsPausesAndDurationsBesideEachOther() {
        happens(Some.started(LIVE), 0);
        happens(Some.storageReady(), 100);
        happens(Some.opened(LIVE), 200);
        happens(new CopyStarted(ID, LINODE, 300, Optional.of(9_000L)), 500);
        happens(Some.committed(LIVE, "source released", Optional.of(40L)), 8_500);
        happens(Some.completed(Optional.of(300L), Optional.of(40L), Optional.of(120L)), 9_700);
        happens(new GuestPauseMeasured(ID, LINODE, 950, "ping"), 14_000);

        MigrationRow row =
                rows.get(MigrationView.TABLE, ID.toString(), MigrationRow.class).orElseThrow();
        MigrationJson json = MigrationJson.of(row, Optional.empty());
        assertThat(json.status()).isEqualTo("completed");
        assertThat(json.predictedPauseMillis()).contains(300L);
        assertThat(json.hypervisorPauseMillis()).contains(40L);
        assertThat(json.pausedMillis()).contains(120L);
        assertThat(json.guestPauseMillis()).contains(950L);
        assertThat(json.guestPauseProbe()).contains("ping");
        assertThat(json.predictedTotalMillis()).contains(9_000L);
        assertThat(json.copyMillis()).contains(8_000L);
        assertThat(json.totalMillis()).contains(9_700L);
    }

    @Test
    void whatWasNotMeasuredIsAbsent() {
        happens(Some.started(LIVE), 0);
        MigrationRow row =
                rows.get(MigrationView.TABLE, ID.toString(), MigrationRow.class).orElseThrow();
        MigrationJson json = MigrationJson.of(row, Optional.empty());
        assertThat(json.guestPauseMillis()).isEmpty();
        assertThat(json.copyMillis()).isEmpty();
        assertThat(json.totalMillis()).isEmpty();
    }

    private void happens(MigrationEvent event, long afterMillis) {
        state = decider.evolve(state, event);
        UUID id = UUID.randomUUID();
        new MigrationView()
                .project(
                        new Envelope<>(
                                id,
                                MessageTypes.nameOf(event.getClass()),
                                1,
                                ID.aggregateId(),
                                1L,
                                null,
                                1L,
                                null,
                                null,
                                null,
                                null,
                                START.plusMillis(afterMillis),
                                id,
                                null,
                                Actor.service("migration"),
                                null,
                                event),
                        state,
                        rows);
    }
}
