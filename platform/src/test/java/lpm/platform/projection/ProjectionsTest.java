package lpm.platform.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import lpm.contracts.Envelope;
import lpm.platform.Feature;
import lpm.platform.Query;
import lpm.platform.projection.Projections.State;
import lpm.platform.toy.CounterCommand.Add;
import lpm.platform.toy.CounterCommand.Open;
import lpm.platform.toy.CounterEvent;
import lpm.platform.toy.CounterState;
import lpm.platform.toy.Database;
import lpm.platform.toy.Rig;
import lpm.platform.toy.Toy;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProjectionsTest {
    private static final int COUNTERS = 40;
    private static final int WRITERS = 3;

    private Rig rig;
    private Projections projections;

    @BeforeEach
    void counters() {
        rig = new Rig("toyviews").create();
        projections = new Projections(rig.app, rig.store, rig.log);
        for (int i = 0; i < COUNTERS; i++) {
            rig.send(new Open(name(i), 1_000_000), new Add(name(i), 3));
        }
    }

    private static String name(int counter) {
        return "c" + counter;
    }

    @Test
    void whatTheLogSaysIsWhatIsThere() {
        Rebuilt rebuilt = projections.rebuild("counter");

        assertThat(rebuilt.events()).isEqualTo(2 * COUNTERS);
        assertThat(rebuilt.compared()).isEqualTo(COUNTERS);
        assertThat(rebuilt.differing()).isZero();
        assertThat(projections.list())
                .extracting(Projections.Projection::name, Projections.Projection::rows)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("counter", (long) COUNTERS));
    }

    @Test
    void aReplayTellsWhatTheLiveViewWasTold() {
        List<Envelope<CounterEvent>> live = List.copyOf(rig.toy.shown);
        assertThat(live).hasSize(2 * COUNTERS);
        rig.toy.shown.clear();

        projections.rebuild("counter");

        assertThat(rig.toy.shown).isEqualTo(live);
    }

    @Test
    void wrongMissingAndForeignRowsArePutRight() {
        plant();

        Rebuilt rebuilt = projections.rebuild("counter");

        assertThat(rebuilt.differing()).isEqualTo(3);
        assertThat(rebuilt.examples()).containsExactly("counter_view/c1", "counter_view/c2", "counter_view/nobody");
        assertThat(rig.total("c1")).isEqualTo(3);
        assertThat(rig.total("c2")).isEqualTo(3);
        assertThat(rig.rows.get(Toy.VIEW, "nobody", Toy.Row.class)).isEmpty();
        assertThat(projections.rebuild("counter").differing()).isZero();
    }

    /** I11: the second replay tells what the first told; but for rows of the view nothing is written, asked or sent. */
    @Test
    void aReplayIsTheSameAgainAndHasNoEffects() {
        rig.send(new Open("busy", 1_000_000));
        rig.send(new Add("busy", 7), new Add("busy", 8), new Add("busy", 9), new Add("busy", 13));
        String view = "counter_view";
        List<String> beside = contents(table -> !table.equals(view));
        assertThat(beside).hasSizeGreaterThan(5);
        plant();

        Rebuilt first = projections.rebuild("counter");
        assertThat(first.differing()).isEqualTo(3);
        List<String> rows = contents(view::equals);
        assertThat(contents(table -> !table.equals(view))).isEqualTo(beside);

        Rebuilt again = projections.rebuild("counter");
        assertThat(again.differing()).isZero();
        assertThat(again.events()).isEqualTo(first.events());
        assertThat(contents(view::equals)).isEqualTo(rows);
        assertThat(contents(table -> !table.equals(view))).isEqualTo(beside);
    }

    /** Each table of the service with all its rows: events, positions, work that waits, what is to be published. */
    private List<String> contents(Predicate<String> tables) {
        return rig
                .store
                .query(
                        "select tablename from pg_tables where schemaname = 'toyviews' order by tablename",
                        row -> row.getString(1))
                .stream()
                .filter(tables)
                .map(table -> table + ": "
                        + rig.store
                                .first(
                                        "select coalesce(string_agg(each::text, ' ' order by each::text), '') from toyviews."
                                                + table + " each",
                                        row -> row.getString(1))
                                .orElseThrow())
                .toList();
    }

    @Test
    void rebuiltUnderLoadEveryRowIsRight() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        AtomicLong written = new AtomicLong();
        List<Future<?>> writers = new ArrayList<>();
        List<Rebuilt> rebuilt = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
                AutoCloseable _ = () -> stop.set(true)) {
            for (int t = 0; t < WRITERS; t++) {
                int offset = t;
                writers.add(threads.submit(() -> {
                    for (int i = offset; !stop.get(); i++) {
                        rig.send(new Add(name(i % COUNTERS), 1));
                        written.incrementAndGet();
                    }
                }));
            }
            Awaitility.await().until(() -> written.get() > WRITERS);
            plant();
            rebuilt.add(projections.rebuild("counter"));
            long before = written.get();
            Awaitility.await().until(() -> written.get() > before);
            rebuilt.add(projections.rebuild("counter"));
        }
        for (Future<?> each : writers) {
            each.get();
        }
        assertThat(rebuilt.getFirst().differing())
                .as("unless a writer put them right")
                .isBetween(1L, 3L);
        assertThat(rebuilt.getLast().differing()).isZero();
        assertThat(sum()).isEqualTo(3L * COUNTERS + written.get());
        assertThat(projections.rebuild("counter").differing()).isZero();
    }

    private long sum() {
        return rig.rows.find(Toy.VIEW, Query.all(), Toy.Row.class).stream()
                .mapToLong(Toy.Row::total)
                .sum();
    }

    @Test
    void anEventWhosePlaceIsStillOpenIsNotPassed() throws Exception {
        try (Connection slow = Database.source().getConnection();
                Statement statement = slow.createStatement();
                ExecutorService threads = Executors.newSingleThreadExecutor()) {
            slow.setAutoCommit(false);
            statement.execute("insert into toyviews.event (event_id, aggregate_id, sequence, aggregate_type,"
                    + " occurred_at, type, version, data, meta) select gen_random_uuid(), aggregate_id, 2,"
                    + " aggregate_type, occurred_at, type, version, data, meta from toyviews.event"
                    + " where aggregate_id = 'counter:c5' and sequence = 1");
            rig.send(new Add("c6", 1));
            Future<Rebuilt> rebuilding = threads.submit(() -> projections.rebuild("counter"));
            Awaitility.await().until(() -> blocked() > 0);
            assertThat(rebuilding.isDone()).isFalse();
            slow.commit();

            assertThat(rebuilding.get().examples()).containsExactly("counter_view/c5");
            assertThat(rig.total("c5")).isEqualTo(6);
        }
    }

    @Test
    void aForgottenStateIsFoldedAgain() {
        ShadowRows shadow = new ShadowRows(rig.store, List.of(Toy.VIEW));
        shadow.create();
        for (int i = 0; i < COUNTERS; i++) {
            rig.send(new Add(name(i), 4));
        }
        Replay<CounterState, CounterEvent> replay = new Replay<>(feature(), rig.log, shadow, 2);
        replay.catchUp();

        assertThat(shadow.get(Toy.VIEW, "c7", Toy.Row.class).orElseThrow().total())
                .isEqualTo(7);
        assertThat(shadow.count(Toy.VIEW, Query.all())).isEqualTo(COUNTERS);
        shadow.drop();
    }

    @Test
    void oneRebuildAtATimeAndAFailureChangesNothing() {
        rig.store.update("update toyviews.event set data = '{}' where aggregate_id = 'counter:c3'");
        plant();

        assertThat(projections.begin("counter")).isTrue();
        Awaitility.await().until(() -> projections.find("counter").orElseThrow().state() instanceof State.Failed);
        assertThat(rig.total("c1")).as("as it was").isEqualTo(99);
        assertThat(rig.store.query(
                        "select to_regclass('toyviews.counter_view_rebuilt')::text",
                        row -> String.valueOf(row.getString(1))))
                .containsExactly("null");
        assertThatThrownBy(() -> projections.rebuild("nobody")).hasMessageContaining("nobody");
    }

    private void plant() {
        rig.rows.put(Toy.VIEW, "c1", new Toy.Row("c1", 99));
        rig.rows.delete(Toy.VIEW, "c2");
        rig.rows.put(Toy.VIEW, "nobody", new Toy.Row("nobody", 1));
    }

    private long blocked() {
        return rig.store
                .first("select count(*) from pg_stat_activity where wait_event_type = 'Lock'", row -> row.getLong(1))
                .orElseThrow();
    }

    @SuppressWarnings("unchecked")
    private Feature<?, CounterState, CounterEvent> feature() {
        return (Feature<?, CounterState, CounterEvent>) rig.app.features().getFirst();
    }
}
