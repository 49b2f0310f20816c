package lpm.platform.projection;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import lpm.contracts.Event;
import lpm.platform.App;
import lpm.platform.Feature;
import lpm.platform.store.Backoff;
import lpm.platform.store.EventLog;
import lpm.platform.store.Leader;
import lpm.platform.store.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The views of a service, each named like its feature, and their rebuilding from the first event on. */
public final class Projections {
    private static final Logger LOG = LoggerFactory.getLogger(Projections.class);
    private static final int MAX_TRIES = 30;
    private static final double NANOS_PER_SECOND = 1e9;

    private final App app;
    private final Store store;
    private final EventLog log;
    private final Map<String, State> states = new ConcurrentHashMap<>();

    public Projections(App app, Store store, EventLog log) {
        this.app = app;
        this.store = store;
        this.log = log;
    }

    /** Where a projection is with its rebuilding, in this process. */
    public sealed interface State {
        /** Nobody asked. */
        record Idle() implements State {}

        record Rebuilding() implements State {}

        record Done(Rebuilt result) implements State {}

        /** Given up; the live rows are as before. */
        record Failed(String why) implements State {}
    }

    /** One projection. */
    public record Projection(String name, List<String> tables, long rows, State state) {}

    public List<Projection> list() {
        return app.features().stream()
                .filter(each -> !each.view().tables().isEmpty())
                .map(this::projection)
                .toList();
    }

    public Optional<Projection> find(String name) {
        return feature(name).map(this::projection);
    }

    private Projection projection(Feature<?, ?, ?> feature) {
        List<String> tables = feature.view().tables();
        long rows = tables.stream()
                .mapToLong(table -> store.first("select count(*) from " + store.name(table), row -> row.getLong(1))
                        .orElseThrow())
                .sum();
        return new Projection(feature.name(), tables, rows, states.getOrDefault(feature.name(), new State.Idle()));
    }

    private Optional<Feature<?, ?, ?>> feature(String name) {
        return app.features().stream()
                .filter(each ->
                        each.name().equals(name) && !each.view().tables().isEmpty())
                .<Feature<?, ?, ?>>map(each -> each)
                .findFirst();
    }

    /** Begins to rebuild; false if that is under way. {@link #find} tells how it goes. */
    public boolean begin(String name) {
        State before = states.put(name, new State.Rebuilding());
        if (before instanceof State.Rebuilding) {
            return false;
        }
        Thread.ofVirtual().name("rebuild-" + name).start(() -> states.put(name, outcome(name)));
        return true;
    }

    private State outcome(String name) {
        try {
            return new State.Done(rebuild(name));
        } catch (RuntimeException e) {
            LOG.error("the projection {} was not rebuilt", name, e);
            return new State.Failed(String.valueOf(e.getMessage()));
        }
    }

    /** Rebuilds now. Throws if it cannot; the live rows are then as before. */
    public Rebuilt rebuild(String name) {
        Feature<?, ?, ?> feature =
                feature(name).orElseThrow(() -> new IllegalArgumentException("no projection is called " + name));
        try (Leader _ = Leader.take(store, "rebuild/" + name)
                .orElseThrow(() -> new IllegalStateException("another replica is rebuilding " + name))) {
            return rebuild(feature);
        }
    }

    private <S, E extends Event> Rebuilt rebuild(Feature<?, S, E> feature) {
        List<String> tables = feature.view().tables();
        ShadowRows shadow = new ShadowRows(store, tables);
        long start = System.nanoTime();
        shadow.create();
        try {
            Replay<S, E> replay = new Replay<>(feature, log, shadow, Replay.MAX_STATES);
            replay.catchUp();
            shadow.flush();
            double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
            long rate = Math.round(replay.events() / seconds);
            Switch.Try.Done done = switched(replay, new Switch(store, shadow, tables));
            return new Rebuilt(
                    feature.name(),
                    replay.events(),
                    seconds,
                    rate,
                    done.compared(),
                    done.differing(),
                    done.examples(),
                    done.lockedMillis());
        } finally {
            shadow.drop();
        }
    }

    private static Switch.Try.Done switched(Replay<?, ?> replay, Switch last) {
        Backoff backoff = new Backoff();
        boolean alone = false;
        for (int attempt = 1; attempt <= MAX_TRIES; attempt++) {
            switch (last.now(replay, alone, attempt)) {
                case Switch.Try.Done done -> {
                    return done;
                }
                case Switch.Try.Differs _ -> alone = true;
                case Switch.Try.InTheWay _ -> backoff.pause();
            }
            replay.catchUp();
        }
        throw new IllegalStateException("other writers were in the way " + MAX_TRIES + " times");
    }
}
