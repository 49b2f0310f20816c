package lpm.systemtests.benchmark;

import io.agroal.api.AgroalDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import lpm.platform.projection.Rebuilt;
import lpm.platform.runtime.AxonRuntime;
import lpm.platform.store.Schema;
import lpm.platform.store.Store;
import lpm.scheduler.address.AddressView;

/** How many stored events a second a view is rebuilt from, rows written and compared. */
final class ReplayBench {
    private static final int EVENTS = 200_000;

    private final Figures figures;
    private final int rounds;

    ReplayBench(Figures figures, int rounds) {
        this.figures = figures;
        this.rounds = rounds;
    }

    void run() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
                AgroalDataSource source = StoreBench.pool(postgres.getJdbcUrl("postgres", "postgres"))) {
            Store store = new Store(source, "bench");
            Schema.create(store, List.of(AddressView.ADDRESSES));
            AxonRuntime runtime = StoreBench.runtime(source, Map.of());
            RelayBench.fill(source, runtime, EVENTS);
            double[] rates = new double[rounds];
            long lockedMillis = 0;
            Duration before = Figures.processorTime();
            for (int i = 0; i < rounds; i++) {
                Rebuilt rebuilt = runtime.projections().rebuild("address");
                rates[i] = rebuilt.eventsPerSecond();
                lockedMillis = rebuilt.lockedMillis();
            }
            figures.add(
                    "projection replay",
                    Figures.median(rates),
                    "events/s",
                    ">= 30000",
                    EVENTS + " events, as many rows, one thread, median of " + rounds);
            Duration used = Figures.processorTime().minus(before);
            figures.addProcessorTime(
                    "projection replay", used, (double) EVENTS * rounds, "an event, the switch included");
            figures.add(
                    "projection switch",
                    (double) lockedMillis,
                    "ms",
                    "",
                    "appending waits: " + EVENTS + " rows compared");
            mend(store, runtime);
        }
    }

    /** Of many rows one is not what the log says. */
    private void mend(Store store, AxonRuntime runtime) {
        store.update("update bench." + AddressView.ADDRESSES + " set row = '{}' where id = 'copy'");
        Rebuilt mended = runtime.projections().rebuild("address");
        if (mended.differing() != 1 || mended.compared() != EVENTS) {
            throw new IllegalStateException("expected one row of " + EVENTS + " put right: " + mended);
        }
        figures.add(
                "projection switch, a row differs",
                (double) mended.lockedMillis(),
                "ms",
                "",
                "appending and reading wait: that row put right too");
    }
}
