package lpm.systemtests.benchmark;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import lpm.contracts.Envelope;
import lpm.contracts.scheduler.AddressEvent;
import lpm.local.Waiting;
import lpm.platform.App;
import lpm.platform.KnownView;
import lpm.platform.Rows;
import lpm.platform.json.EnvelopeJson;
import lpm.platform.runtime.AxonRuntime;
import lpm.platform.store.Schema;
import lpm.platform.store.Store;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** How many of others' events a second a service takes in that was away, where it keeps a row of each. */
final class InboxBench {
    private static final int EVENTS = 30_000;
    /** Of each stream this many. */
    private static final int OF_A_STREAM = 5;

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration LOOK = Duration.ofMillis(20);

    private final Figures figures;
    private final Path data;
    private final int rounds;

    InboxBench(Figures figures, Path data, int rounds) {
        this.figures = figures;
        this.data = data;
        this.rounds = rounds;
    }

    private static final class Kept implements KnownView {
        private static final String TABLE = "known_address";

        @Override
        public List<String> tables() {
            return List.of(TABLE);
        }

        @Override
        public void note(Envelope<?> foreign, Rows rows) {
            if (foreign.data() instanceof AddressEvent.AddressAssigned assigned) {
                rows.put(TABLE, assigned.address(), assigned);
            }
        }
    }

    void run() throws Exception {
        BenchTopic.measure(data, kafka -> {
            publish(kafka);
            measure(kafka);
        });
    }

    private static void publish(Map<String, String> kafka) throws Exception {
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(Map.copyOf(kafka), new StringSerializer(), new ByteArraySerializer())) {
            List<Future<?>> acknowledged = new ArrayList<>();
            int streams = EVENTS / OF_A_STREAM;
            for (int i = 0; i < EVENTS; i++) {
                Envelope<?> event = Told.event("bench-" + i % streams, i / streams);
                acknowledged.add(producer.send(
                        new ProducerRecord<>(BenchTopic.NAME, event.aggregateId(), EnvelopeJson.write(event))));
            }
            for (Future<?> each : acknowledged) {
                each.get();
            }
        }
    }

    private void measure(Map<String, String> kafka) throws Exception {
        try (EmbeddedPostgres postgres = StoreBench.durable();
                AgroalDataSource source = StoreBench.pool(postgres.getJdbcUrl("postgres", "postgres"))) {
            Store store = new Store(source, "bench");
            Schema.create(store, List.of(Kept.TABLE));
            double[] rates = new double[rounds];
            Duration before = Figures.processorTime();
            for (int i = 0; i < rounds; i++) {
                store.update("truncate bench.inbox_position, bench.inbox_sequence, bench.known_address");
                rates[i] = rate(store, source, kafka);
            }
            Duration used = Figures.processorTime().minus(before);
            figures.add(
                    "inbox",
                    Figures.median(rates),
                    "events/s",
                    "",
                    EVENTS + " events of others, a row of each kept, fsync, median of " + rounds);
            figures.addProcessorTime(
                    "inbox", used, (double) EVENTS * rounds, "an event, with the joining of the group");
        }
    }

    /** From the first effect until the last: how long Kafka takes to give out partitions is not counted. */
    private static double rate(Store store, AgroalDataSource source, Map<String, String> kafka) {
        App reader = new App(
                "bench",
                List.of(Pattern.compile(Pattern.quote(BenchTopic.NAME))),
                false,
                List.of(),
                List.of(),
                List.of(new Kept()),
                List.of());
        try (AxonRuntime runtime = new AxonRuntime(
                reader,
                new AxonRuntime.Surroundings(source, kafka, Clock.systemUTC(), new SimpleMeterRegistry()),
                () -> {})) {
            runtime.start();
            long first = awaitTaken(store, 1);
            long start = System.nanoTime();
            long last = awaitTaken(store, EVENTS);
            return (last - first) / ((System.nanoTime() - start) / 1e9);
        }
    }

    private static long awaitTaken(Store store, long events) {
        return Waiting.until(events + " events taken", LIMIT, LOOK, () -> {
            long taken = store.first(
                            "select coalesce(sum(next_offset), 0) from bench.inbox_position", row -> row.getLong(1))
                    .orElse(0L);
            return taken >= events ? Waiting.Look.ready(taken) : Waiting.Look.notYet(taken + " taken");
        });
    }
}
