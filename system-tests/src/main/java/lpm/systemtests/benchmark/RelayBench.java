package lpm.systemtests.benchmark;

import io.agroal.api.AgroalDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import lpm.contracts.Actor;
import lpm.contracts.LinodeId;
import lpm.contracts.Region;
import lpm.local.Waiting;
import lpm.platform.Request;
import lpm.platform.runtime.AxonRuntime;
import lpm.platform.store.Schema;
import lpm.platform.store.Store;
import lpm.scheduler.address.AddressCommand;
import lpm.scheduler.address.AddressView;

/** How many stored events a second the relay publishes, with every acknowledgement awaited. */
final class RelayBench {
    private static final int EVENTS = 200_000;
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Figures figures;
    private final Path data;
    private final int rounds;

    RelayBench(Figures figures, Path data, int rounds) {
        this.figures = figures;
        this.data = data;
        this.rounds = rounds;
    }

    void run() throws Exception {
        BenchTopic.measure(data, this::measure);
    }

    private void measure(Map<String, String> kafka) throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
                AgroalDataSource source = StoreBench.pool(postgres.getJdbcUrl("postgres", "postgres"))) {
            Store store = new Store(source, "bench");
            Schema.create(store, List.of(AddressView.ADDRESSES));
            fill(source, StoreBench.runtime(source, kafka), EVENTS);
            double[] rates = new double[rounds];
            Duration before = Figures.processorTime();
            for (int i = 0; i < rounds; i++) {
                store.update("delete from bench.outbox_position");
                rates[i] = EVENTS / seconds(store, StoreBench.runtime(source, kafka));
            }
            Duration used = Figures.processorTime().minus(before);
            figures.addProcessorTime("relay to Kafka", used, (double) EVENTS * rounds, "an event, the broker's too");
            figures.add(
                    "relay to Kafka",
                    Figures.median(rates),
                    "events/s",
                    ">= 30000",
                    EVENTS + " events, react included, median of " + rounds);
        }
    }

    /** From its start, with the making of a producer, until the position of the last event is stored. */
    private static double seconds(Store store, AxonRuntime runtime) {
        try (runtime) {
            long start = System.nanoTime();
            runtime.start();
            Waiting.until(
                    "all events published",
                    LIMIT,
                    () -> position(store) >= EVENTS
                            ? Waiting.Look.ready(true)
                            : Waiting.Look.notYet("position " + position(store)));
            return (System.nanoTime() - start) / 1e9;
        }
    }

    /** One real event, and copies of it under other aggregates. */
    static void fill(AgroalDataSource source, AxonRuntime runtime, int events) throws SQLException {
        UUID id = UUID.randomUUID();
        runtime.send(
                new Request(id, id, null, new Actor(Actor.Kind.operator, "bench"), null, Instant.now()),
                List.of(new AddressCommand.AssignAddress("copy", new Region("us-east"), new LinodeId(1))));
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("insert into bench.event"
                    + " (event_id, aggregate_id, sequence, aggregate_type, occurred_at, type, version, data, meta)"
                    + " select gen_random_uuid()::text, aggregate_id || '-' || n, sequence, aggregate_type,"
                    + " occurred_at, type, version, replace(data, '\"copy\"', '\"copy-' || n || '\"'), meta"
                    + " from bench.event, generate_series(2, " + events + ") n");
        }
    }

    private static long position(Store store) {
        return store.first("select position from bench.outbox_position where name = 'relay'", row -> row.getLong(1))
                .orElse(0L);
    }
}
