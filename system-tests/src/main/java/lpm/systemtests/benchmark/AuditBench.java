package lpm.systemtests.benchmark;

import io.agroal.api.AgroalDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import lpm.account.audit.AuditTrail;
import lpm.account.audit.AuditView;
import lpm.contracts.Envelope;
import lpm.platform.json.Json;
import lpm.platform.kafka.RawRecord;
import lpm.platform.rows.JdbcRows;
import lpm.platform.store.Schema;
import lpm.platform.store.Store;

/** How many records of topics a second the audit takes, each a row and a link of its chain of hashes. */
final class AuditBench {
    /** As many as its reader takes at a time. */
    private static final int BATCH = 500;

    private static final int BATCHES = 40;
    /** Of each stream this many are in a batch. */
    private static final int OF_A_STREAM = 5;

    private final Figures figures;
    private final int rounds;

    AuditBench(Figures figures, int rounds) {
        this.figures = figures;
        this.rounds = rounds;
    }

    void run() throws Exception {
        try (EmbeddedPostgres postgres = StoreBench.durable();
                AgroalDataSource source = StoreBench.pool(postgres.getJdbcUrl("postgres", "postgres"))) {
            Store store = new Store(source, "bench");
            Schema.create(store, new AuditView().tables());
            AuditTrail trail = new AuditTrail(new JdbcRows(store));
            round(trail, store, -1);
            double[] rates = new double[rounds];
            Duration before = Figures.processorTime();
            for (int i = 0; i < rounds; i++) {
                rates[i] = round(trail, store, i);
            }
            Duration used = Figures.processorTime().minus(before);
            int records = BATCH * BATCHES;
            figures.add(
                    "audit",
                    Figures.median(rates),
                    "records/s",
                    "",
                    records + " records by " + BATCH + ", chain of hashes, fsync, median of " + rounds);
            figures.addProcessorTime("audit", used, (double) records * rounds, "a record");
        }
    }

    private static double round(AuditTrail trail, Store store, int round) {
        List<List<RawRecord>> batches = IntStream.range(0, BATCHES)
                .mapToObj(batch -> IntStream.range(0, BATCH)
                        .mapToObj(i ->
                                record(round + "-" + batch + "-" + i / OF_A_STREAM, i % OF_A_STREAM, batch * BATCH + i))
                        .toList())
                .toList();
        long start = System.nanoTime();
        batches.forEach(batch -> store.inTransaction(() -> {
            trail.append(batch);
            return batch.size();
        }));
        return BATCH * BATCHES / ((System.nanoTime() - start) / 1e9);
    }

    private static RawRecord record(String address, long sequence, long offset) {
        Envelope<?> event = Told.event(address, sequence);
        return new RawRecord(
                "lpm.scheduler.events",
                0,
                offset,
                event.aggregateId(),
                Instant.EPOCH,
                Optional.empty(),
                Json.write(event));
    }
}
