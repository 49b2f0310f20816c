package lpm.systemtests.benchmark;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import lpm.contracts.Actor;
import lpm.contracts.LinodeId;
import lpm.contracts.Region;
import lpm.contracts.scheduler.AddressEvent;
import lpm.platform.App;
import lpm.platform.Commands.Outcome;
import lpm.platform.Feature;
import lpm.platform.Request;
import lpm.platform.runtime.AxonRuntime;
import lpm.scheduler.address.AddressCommand;
import lpm.scheduler.address.AddressDecider;
import lpm.scheduler.address.AddressState;
import lpm.scheduler.address.AddressView;

/** The Axon path beside a hand-written append of the same rows, in the same PostgreSQL, in turns. */
final class StoreBench {
    private static final int THREADS = 4;
    private static final int AGGREGATES = 1_000;
    private static final String HAND_APPEND = "insert into hand.event"
            + " (event_id, aggregate_id, sequence, type, data, meta) values (?, ?, ?, ?, ?, ?)";
    private static final String VIEW_UPSERT = "insert into hand.view (id, row) values (?, ?::jsonb)"
            + " on conflict (id) do update set row = excluded.row";

    private final Figures figures;
    private final int rounds;

    StoreBench(Figures figures, int rounds) {
        this.figures = figures;
        this.rounds = rounds;
    }

    void run() throws Exception {
        try (EmbeddedPostgres postgres = durable();
                AgroalDataSource source = pool(postgres.getJdbcUrl("postgres", "postgres"))) {
            prepare(source);
            createTables(source);
            compare(source, runtime(source, Map.of()));
        }
    }

    /** A server that has on the disk what it has acknowledged. */
    static EmbeddedPostgres durable() throws IOException {
        return EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .start();
    }

    private void compare(DataSource source, AxonRuntime runtime) throws Exception {
        double[] axon = new double[rounds];
        double[] hand = new double[rounds];
        Duration axonCpu = Duration.ZERO;
        Duration handCpu = Duration.ZERO;
        round("warm", name -> axon(runtime, name));
        round("warm", name -> hand(source, name));
        for (int i = 0; i < rounds; i++) {
            String prefix = "r" + i;
            Duration start = Figures.processorTime();
            axon[i] = round(prefix, name -> axon(runtime, name));
            Duration middle = Figures.processorTime();
            hand[i] = round(prefix, name -> hand(source, name));
            axonCpu = axonCpu.plus(middle.minus(start));
            handCpu = handCpu.plus(Figures.processorTime().minus(middle));
        }
        double axonRate = Figures.median(axon);
        double handRate = Figures.median(hand);
        double commands = 2.0 * AGGREGATES * rounds;
        figures.add("axon path", axonRate, "commands/s", "", "create + update with view row, fsync, 4 threads");
        figures.add("hand-written append", handRate, "commands/s", "", "same rows, read + append + upsert, one commit");
        figures.add("axon / hand-written", axonRate / handRate, "ratio", ">= 0.70", "medians of " + rounds);
        figures.addProcessorTime("axon path", axonCpu, commands, "a command, both sides");
        figures.addProcessorTime("hand-written", handCpu, commands, "the same");
    }

    private interface Work {
        void on(String name) throws Exception;
    }

    /** Two commands on each of many aggregates, spread over threads; commands a second. */
    private static double round(String prefix, Work work) throws Exception {
        AtomicInteger next = new AtomicInteger();
        long start = System.nanoTime();
        try (ExecutorService pool = Executors.newFixedThreadPool(THREADS)) {
            List<Callable<Boolean>> workers = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                workers.add(() -> {
                    for (int i = next.getAndIncrement(); i < AGGREGATES; i = next.getAndIncrement()) {
                        work.on(prefix + "-" + i);
                    }
                    return true;
                });
            }
            for (Future<Boolean> each : pool.invokeAll(workers)) {
                each.get();
            }
        }
        return 2.0 * AGGREGATES / ((System.nanoTime() - start) / 1e9);
    }

    private static void axon(AxonRuntime runtime, String name) {
        LinodeId linode = new LinodeId(1);
        accepted(runtime.send(
                request(), List.of(new AddressCommand.AssignAddress(name, new Region("us-east"), linode))));
        accepted(runtime.send(request(), List.of(new AddressCommand.ReleaseAddress(name, linode))));
    }

    private static void hand(DataSource source, String name) throws SQLException {
        String assigned = "{\"address\":\"" + name + "\",\"region\":\"us-east\",\"linode\":1}";
        append(source, name, 0, "scheduler.AddressAssigned", assigned);
        append(source, name, 1, "scheduler.AddressReleased", assigned);
    }

    private static void append(DataSource source, String name, int sequence, String type, String data)
            throws SQLException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement read = connection.prepareStatement(
                    "select data from hand.event where aggregate_id = ? order by sequence")) {
                read.setString(1, "address:" + name);
                try (ResultSet rows = read.executeQuery()) {
                    int seen = 0;
                    while (rows.next()) {
                        seen++;
                    }
                    if (seen != sequence) {
                        throw new IllegalStateException("expected " + sequence + " events, found " + seen);
                    }
                }
            }
            try (PreparedStatement insert = connection.prepareStatement(HAND_APPEND);
                    PreparedStatement upsert = connection.prepareStatement(VIEW_UPSERT)) {
                insert.setString(1, UUID.randomUUID().toString());
                insert.setString(2, "address:" + name);
                insert.setLong(3, sequence);
                insert.setString(4, type);
                insert.setString(5, data);
                insert.setString(6, "{\"actor\":\"bench\"}");
                insert.executeUpdate();
                upsert.setString(1, name);
                upsert.setString(2, data);
                upsert.executeUpdate();
            }
            connection.commit();
        }
    }

    private static void prepare(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create schema hand");
            statement.execute("create table hand.event (position bigserial primary key, event_id text unique,"
                    + " aggregate_id text not null, sequence bigint not null, type text, data text, meta text,"
                    + " unique (aggregate_id, sequence))");
            statement.execute("create table hand.view (id text primary key, row jsonb not null)");
            statement.execute("create index on hand.view using gin (row jsonb_path_ops)");
        }
    }

    private static void createTables(DataSource source) {
        lpm.platform.store.Schema.create(new lpm.platform.store.Store(source, "bench"), List.of(AddressView.ADDRESSES));
    }

    /** The platform over this store; publishes once it is started. */
    static AxonRuntime runtime(DataSource source, Map<String, String> kafka) {
        return new AxonRuntime(
                app(),
                new AxonRuntime.Surroundings(source, kafka, Clock.systemUTC(), new SimpleMeterRegistry()),
                () -> {});
    }

    private static App app() {
        return new App(
                "bench",
                List.of(),
                false,
                List.of(Feature.of(
                                "address",
                                AddressCommand.class,
                                AddressState.class,
                                AddressEvent.class,
                                new AddressDecider())
                        .showing(new AddressView())),
                List.of(),
                List.of(),
                List.of());
    }

    static AgroalDataSource pool(String url) throws SQLException {
        return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(pool ->
                        pool.maxSize(2 * THREADS).connectionFactoryConfiguration(factory -> factory.jdbcUrl(url))));
    }

    private static Request request() {
        UUID id = UUID.randomUUID();
        return new Request(id, id, null, new Actor(Actor.Kind.operator, "bench"), null, Instant.now());
    }

    private static void accepted(Outcome outcome) {
        if (!(outcome instanceof Outcome.Accepted)) {
            throw new IllegalStateException("expected to be accepted: " + outcome);
        }
    }
}
