package lpm.platform;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A service as a value: everything it consists of, on one screen.
 *
 * @param name the service's name, also that of its PostgreSQL schema and role
 * @param reads the topics it reads; per-host topics match as they appear
 * @param telemetry whether it also reads {@code lpm.host.telemetry}
 * @param sealing what is put into its orders on their way out
 */
public record App(
        String name,
        List<Pattern> reads,
        boolean telemetry,
        List<Feature<?, ?, ?>> features,
        List<Planner<?>> planners,
        List<KnownView> known,
        List<Watcher> watchers,
        Sealing sealing) {
    public App {
        reads = List.copyOf(reads);
        features = List.copyOf(features);
        planners = List.copyOf(planners);
        known = List.copyOf(known);
        watchers = List.copyOf(watchers);
    }

    /** A service that seals nothing. */
    public App(
            String name,
            List<Pattern> reads,
            boolean telemetry,
            List<Feature<?, ?, ?>> features,
            List<Planner<?>> planners,
            List<KnownView> known,
            List<Watcher> watchers) {
        this(name, reads, telemetry, features, planners, known, watchers, Sealing.NONE);
    }
}
