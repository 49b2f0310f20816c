package lpm.platform.axon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import lpm.contracts.Envelope;
import lpm.platform.Commands.Outcome;
import lpm.platform.StoreUnavailable;
import lpm.platform.Streams.StoredEvent;
import lpm.platform.toy.CounterCommand.Add;
import lpm.platform.toy.CounterCommand.Explode;
import lpm.platform.toy.CounterCommand.Open;
import lpm.platform.toy.CounterEvent;
import lpm.platform.toy.CounterState;
import lpm.platform.toy.Database;
import lpm.platform.toy.Rig;
import lpm.platform.toy.Toy;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class AxonCommandsTest {
    private Rig rig;

    /** The same service after a restart: nothing is remembered in memory. */
    private void restart() {
        rig = new Rig("toyaxon", Database.source());
    }

    @BeforeEach
    void freshSchema() {
        rig = new Rig("toyaxon").create();
    }

    @Test
    void answersWithTheStateAfterwards() {
        Outcome outcome = rig.send(new Open("a", 10), new Add("a", 3));

        assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
        CounterState.Counting state = ((Outcome.Accepted) outcome).state("counter:a", CounterState.Counting.class);
        assertThat(state.total()).isEqualTo(3);
        assertThat(rig.total("a")).isEqualTo(3);
    }

    @Test
    void storesReadableJsonUnderLogicalNames() {
        rig.send(new Open("a", 10));

        List<String> stored = rig.store.query(
                "select type || ' ' || version || ' ' || data || ' ' || (meta::json->>'accountId') from toyaxon.event",
                row -> row.getString(1));
        assertThat(stored).containsExactly("platform.Opened 1 {\"counter\":\"a\",\"max\":10} 7");
    }

    @Test
    void aUnitIsAllOrNothing() {
        rig.send(new Open("a", 10));

        Outcome outcome = rig.send(new Add("a", 4), new Add("a", 4), new Add("a", 4));

        assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
        assertThat(rig.total("a")).isZero();
        assertThat(rig.streams.read("counter:a", 0, 100)).hasSize(1);
    }

    @Test
    void anExceptionTakesTheWholeUnitBack() {
        rig.send(new Open("a", 10));

        assertThatThrownBy(() -> rig.send(new Add("a", 4), new Explode("a"))).hasMessageContaining("told to explode");

        assertThat(rig.total("a")).isZero();
        assertThat(rig.streams.read("counter:a", 0, 100)).hasSize(1);
        assertThat(rig.send(new Add("a", 5))).isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void aLimitHoldsUnderEightWriters() throws Exception {
        rig.send(new Open("a", 20));

        long accepted = inParallel(8, 48, () -> rig.send(new Add("a", 1)));

        assertThat(accepted).isEqualTo(20);
        assertThat(rig.total("a")).isEqualTo(20);
        assertThat(rig.streams.read("counter:a", 0, 100))
                .extracting(each -> each.event().sequence())
                .containsExactlyElementsOf(LongStream.rangeClosed(0, 20).boxed().toList());
    }

    @Test
    void unitsThatCrossEachOtherDoNotDeadlock() throws Exception {
        rig.send(new Open("a", 1_000), new Open("b", 1_000));

        List<Runnable> ways = List.of(
                () -> rig.send(new Add("a", 1), new Add("b", 1)), () -> rig.send(new Add("b", 1), new Add("a", 1)));
        long accepted = inParallel(8, 40, () -> {
            ways.get((int) (Thread.currentThread().threadId() % 2)).run();
            return new Outcome.Accepted(List.of());
        });

        assertThat(accepted).isEqualTo(40);
        assertThat(rig.total("a")).isEqualTo(40);
        assertThat(rig.total("b")).isEqualTo(40);
    }

    @Test
    void aUnitThatMetAnotherWriterIsDecidedAgain() throws Exception {
        rig.send(new Open("a", 10));
        try (Connection other = Database.source().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute(
                    "insert into toyaxon.event (event_id, aggregate_id, sequence, aggregate_type, occurred_at,"
                            + " type, version, data, meta) select gen_random_uuid(), aggregate_id, 1, aggregate_type, occurred_at,"
                            + " 'platform.Added', '1', '{\"counter\":\"a\",\"amount\":8}', meta from toyaxon.event");
            try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<Outcome> waiting = executor.submit(() -> rig.send(new Add("a", 3)));
                Awaitility.await().until(() -> blockedBackends() > 0);
                other.commit();
                assertThat(waiting.get()).isInstanceOf(Outcome.Rejected.class);
            }
        }
        assertThat(rig.registry.counter("lpm.toyaxon.conflicts.retried").count())
                .isEqualTo(1);
        assertThat(rig.streams.read("counter:a", 0, 10)).hasSize(2);
    }

    @Test
    void aPlannersAlternativesAreTriedInOrder() {
        rig.send(new Open("a", 1), new Open("b", 5), new Open("c", 5));

        assertThat(rig.send(new Toy.AddSomewhere(4))).isInstanceOf(Outcome.Accepted.class);
        assertThat(rig.send(new Toy.AddSomewhere(9))).isInstanceOf(Outcome.Rejected.class);

        assertThat(rig.total("a")).isZero();
        assertThat(rig.total("b")).isEqualTo(4);
        assertThat(rig.total("c")).isZero();
    }

    @Test
    void aLongStreamIsReadFromItsSnapshot() {
        rig.send(new Open("a", 1_000));
        for (int i = 0; i < DeciderShell.SNAPSHOT_EVERY_EVENTS; i++) {
            rig.send(new Add("a", 1));
        }
        assertThat(snapshots()).hasSize(1);
        assertThat(snapshots().getFirst()).contains("\"@type\":\"Counting\"").contains("\"total\":49");

        rig.store.update("update toyaxon.snapshot set data = replace(data, '\"total\":49', '\"total\":500')");
        restart();
        rig.send(new Add("a", 1));

        assertThat(rig.total("a")).isEqualTo(502);
    }

    @Test
    void aSnapshotOfAnotherShapeIsIgnored() {
        rig.send(new Open("a", 1_000));
        for (int i = 0; i < DeciderShell.SNAPSHOT_EVERY_EVENTS; i++) {
            rig.send(new Add("a", 1));
        }

        rig.store.update("update toyaxon.snapshot set version = 'other', data = '{}'");
        restart();
        rig.send(new Add("a", 1));

        assertThat(rig.total("a")).isEqualTo(51);
    }

    @Test
    void aUnitAcrossASnapshotFoldsEachEventOnce() {
        rig.send(new Open("a", 1_000));
        List<Add> many = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            many.add(new Add("a", 1));
        }
        rig.send(many.toArray(Add[]::new));

        assertThat(rig.total("a")).isEqualTo(120);
        assertThat(rig.send(new Add("a", 880))).isInstanceOf(Outcome.Accepted.class);
        assertThat(rig.send(new Add("a", 1))).isInstanceOf(Outcome.Rejected.class);
    }

    @Test
    void whatIsRememberedInMemoryIsNeverTakenForNewerThanTheStore() {
        Rig replica = new Rig("toyaxon", Database.source());
        rig.send(new Open("a", 10));
        for (int i = 0; i < 4; i++) {
            rig.send(new Add("a", 1));
            replica.send(new Add("a", 1));
            assertThat(rig.send(new Add("a", 1), new Add("a", 100))).isInstanceOf(Outcome.Rejected.class);
            assertThatThrownBy(() -> rig.send(new Add("a", 1), new Explode("a")))
                    .isNotNull();
        }
        rig.send(new Toy.AddSomewhere(5));

        assertThat(rig.send(new Add("a", 3))).isInstanceOf(Outcome.Rejected.class);
        assertThat(rig.send(new Add("a", 2))).isInstanceOf(Outcome.Accepted.class);
        assertThat(replica.total("a")).isEqualTo(10);
        assertThat(replica.send(new Add("a", 1))).isInstanceOf(Outcome.Rejected.class);
    }

    @Test
    void historyShowsTheStateAfterEachEvent() {
        rig.send(new Open("a", 10), new Add("a", 3));
        rig.send(new Add("a", 4));

        List<StoredEvent> history = rig.streams.read("counter:a", 1, 10);

        assertThat(history)
                .extracting(each -> each.event().data())
                .containsExactly(new CounterEvent.Added("a", 3), new CounterEvent.Added("a", 4));
        assertThat(history)
                .extracting(each -> ((CounterState.Counting) each.stateAfter().orElseThrow()).total())
                .containsExactly(3L, 7L);
        Envelope<?> event = history.getFirst().event();
        assertThat(event.type()).isEqualTo("platform.Added");
        assertThat(event.accountId()).isEqualTo(7);
        assertThat(event.reason()).isEqualTo("test");
        assertThat(rig.streams
                        .lastAt("counter:a", event.occurredAt())
                        .orElseThrow()
                        .event()
                        .sequence())
                .isEqualTo(1);
        assertThat(rig.streams.read("nobody:a", 0, 10)).isEmpty();
    }

    @Test
    void aPageOfAllEventsEndsBeforeAPositionThatMayStillAppear() throws Exception {
        rig.send(new Open("a", 10));
        try (Connection slow = Database.source().getConnection();
                Statement statement = slow.createStatement()) {
            slow.setAutoCommit(false);
            statement.execute("select nextval('toyaxon.event_position')");
            rig.send(new Open("b", 10));
            assertThat(rig.streams.all(0, 10)).extracting(StoredEvent::position).containsExactly(1L);
            slow.rollback();
        }
        rig.store.update("insert into toyaxon.outbox_position values ('relay', 3)");

        assertThat(rig.streams.all(0, 10)).extracting(StoredEvent::position).containsExactly(1L, 3L);
        assertThat(rig.streams.all(1, 10)).extracting(StoredEvent::position).containsExactly(3L);
    }

    @Test
    void anEventTooLargeForARecordIsNeverStored() {
        CounterEvent.Opened huge = new CounterEvent.Opened("x".repeat(ContractSerializer.MAX_EVENT_CHARS), 1);
        ContractSerializer serializer = new ContractSerializer(rig.app, rig.messages);

        assertThatThrownBy(() -> serializer.serialize(huge, String.class)).hasMessageContaining("too large");
    }

    @Test
    void aStoreThatIsAwayIsToldApart() {
        PGSimpleDataSource nowhere = new PGSimpleDataSource();
        nowhere.setUrl("jdbc:postgresql://127.0.0.1:1/postgres");
        Rig lost = new Rig("toyaxon", nowhere);

        assertThatThrownBy(() -> lost.send(new Open("a", 1))).isInstanceOf(StoreUnavailable.class);
        assertThatThrownBy(() -> lost.total("a")).isInstanceOf(StoreUnavailable.class);
    }

    private List<String> snapshots() {
        return rig.store.query("select data from toyaxon.snapshot", row -> row.getString(1));
    }

    private long blockedBackends() {
        return rig.store
                .first("select count(*) from pg_stat_activity where wait_event_type = 'Lock'", row -> row.getLong(1))
                .orElseThrow();
    }

    private static long inParallel(int threads, int times, java.util.function.Supplier<Outcome> work)
            throws InterruptedException, ExecutionException {
        List<Future<Outcome>> all = new ArrayList<>();
        try (var executor = Executors.newFixedThreadPool(threads)) {
            for (int i = 0; i < times; i++) {
                all.add(executor.submit(work::get));
            }
        }
        long accepted = 0;
        for (Future<Outcome> each : all) {
            accepted += each.get() instanceof Outcome.Accepted ? 1 : 0;
        }
        return accepted;
    }
}
