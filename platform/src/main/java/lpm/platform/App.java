package lpm.platform;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A service as a value: everything it consists of, on one screen.
 *
 * @param name the service's name, also that of its PostgreSQL schema and role
 * @param reads the topics it reads; per-host topics match as they appear
 * @param telemetry whether it also reads {@code lpm.host.telemetry}
 */
public record App(
        String name,
        List<Pattern> reads,
        boolean telemetry,
        List<Feature<?, ?, ?>> features,
        List<Planner<?>> planners,
        List<KnownView> known,
        List<Watcher> watchers) {
    public App {
        reads = List.copyOf(reads);
        features = List.copyOf(features);
        planners = List.copyOf(planners);
        known = List.copyOf(known);
        watchers = List.copyOf(watchers);
    }
}
