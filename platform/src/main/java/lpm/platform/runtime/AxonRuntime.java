package lpm.platform.runtime;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import lpm.contracts.Command;
import lpm.contracts.Envelope;
import lpm.platform.App;
import lpm.platform.Commands;
import lpm.platform.Feature;
import lpm.platform.Ids;
import lpm.platform.KnownView;
import lpm.platform.Lookup;
import lpm.platform.Parked;
import lpm.platform.Request;
import lpm.platform.Rows;
import lpm.platform.StoreUnavailable;
import lpm.platform.Streams;
import lpm.platform.axon.AxonCommands;
import lpm.platform.json.Messages;
import lpm.platform.kafka.Inside;
import lpm.platform.kafka.KafkaEdge;
import lpm.platform.kafka.Listeners;
import lpm.platform.ops.Meters;
import lpm.platform.projection.Projections;
import lpm.platform.rows.JdbcRows;
import lpm.platform.store.Backoff;
import lpm.platform.store.Bell;
import lpm.platform.store.DueCommands;
import lpm.platform.store.EventLog;
import lpm.platform.store.Schema;
import lpm.platform.store.SequenceIds;
import lpm.platform.store.Stop;
import lpm.platform.store.Store;
import lpm.platform.store.StoredStreams;
import lpm.platform.time.Reminders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs an App for real: decides in PostgreSQL, publishes to Kafka, hears others, keeps time. */
public final class AxonRuntime implements Commands, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AxonRuntime.class);

    /** How long a loop may take to end by itself. */
    private static final Duration GENTLE_STOP = Duration.ofMillis(800);

    /** How long it may take once interrupted. */
    private static final Duration HARD_STOP = Duration.ofSeconds(5);

    private final App app;
    private final Store store;
    private final JdbcRows rows;
    private final AxonCommands commands;
    private final EventLog log;
    private final Ids ids;
    private final Projections projections;
    private final KafkaEdge edge;
    private final Reminders reminders;
    private final Listeners listeners = new Listeners();
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final Bell appended = new Bell();
    private final Bell dueBell = new Bell();
    private final Stop stop = new Stop();
    private final List<Thread> threads = new ArrayList<>();

    /** @param pulse told whenever account was heard */
    public AxonRuntime(App app, Surroundings around, Runnable pulse) {
        this.app = app;
        store = new Store(around.database(), app.name());
        rows = new JdbcRows(store);
        ids = new SequenceIds(store);
        Messages messages = new Messages(app);
        Meters meters = new Meters(around.meters(), app.name());
        commands = new AxonCommands(app, store, rows, messages, meters, appended::ring);
        log = new EventLog(store, messages);
        projections = new Projections(app, store, log);
        DueCommands due = new DueCommands(store, messages);
        Inside inside = new Inside(
                app,
                store,
                commands,
                rows,
                messages,
                log,
                due,
                listeners,
                appended,
                dueBell,
                meters,
                around.clock(),
                stop);
        edge = new KafkaEdge(inside, around.kafka(), around.replica(), pulse);
        reminders =
                new Reminders(commands, due, around.clock(), dueBell, meters, edge.relay()::isLeading, workers, stop);
    }

    /**
     * What the runtime stands on.
     *
     * @param kafka client settings: bootstrap servers, security
     * @param replica this replica's name, different for each; its partitions then outlast a restart
     */
    public record Surroundings(
            DataSource database,
            Map<String, String> kafka,
            Clock clock,
            MeterRegistry meters,
            Optional<String> replica) {
        public Surroundings {
            kafka = Map.copyOf(kafka);
        }

        public Surroundings(DataSource database, Map<String, String> kafka, Clock clock, MeterRegistry meters) {
            this(database, kafka, clock, meters, Optional.empty());
        }
    }

    /** Waits for the store, makes the tables that are missing and starts the loops; false when it was closed before. */
    public boolean start() {
        createTables();
        return run();
    }

    private synchronized boolean run() {
        if (stop.isAsked()) {
            return false;
        }
        edge.loops().forEach(loop -> run(loop.name(), loop.task()));
        run("reminders", reminders);
        return true;
    }

    /** No order of starts is asked for: the store may come later than its services. */
    private void createTables() {
        Backoff backoff = new Backoff();
        boolean told = false;
        while (!stop.isAsked()) {
            try {
                Schema.create(store, views(app));
                return;
            } catch (StoreUnavailable e) {
                if (!told) {
                    LOG.warn("{} waits for its store: {}", app.name(), e.getMessage());
                    told = true;
                }
                backoff.pause();
            }
        }
    }

    /** Ends the loops; what they were in the middle of is done again at the next start. */
    @Override
    public void close() {
        stop.ask();
        end();
    }

    private synchronized void end() {
        appended.ring();
        dueBell.ring();
        threads.forEach(thread -> join(thread, GENTLE_STOP));
        threads.forEach(Thread::interrupt);
        threads.forEach(thread -> join(thread, HARD_STOP));
        threads.clear();
        workers.shutdownNow();
    }

    @Override
    public Outcome send(Request request, List<? extends Command> unit, Consumer<Rows> beside) {
        return commands.send(request, unit, beside);
    }

    /** Its tables. */
    public Store store() {
        return store;
    }

    /** Rows as committed. */
    public Lookup rows() {
        return rows;
    }

    public Ids ids() {
        return ids;
    }

    public Streams streams() {
        return new StoredStreams(app, log);
    }

    public Projections projections() {
        return projections;
    }

    public Parked parked() {
        return edge.parked();
    }

    /** Tells of every message the inbox has taken. */
    public void onHeard(Consumer<Envelope<?>> listener) {
        listeners.add(listener);
    }

    /** Runs this before topics that were lost are filled again from the store; it may be run again. */
    public void beforeRefill(Runnable preparation) {
        edge.beforeRefill(preparation);
    }

    public Condition condition() {
        boolean reached = store.first("select 1", row -> true).isPresent();
        boolean assigned = app.reads().isEmpty() || edge.inbox().isAssigned();
        return new Condition(
                reached, assigned, edge.relay().isLeading(), edge.inbox().holes());
    }

    /** How the runtime is; {@code holes} names partitions that stand still because a record is missing. */
    public record Condition(boolean storeReached, boolean inboxAssigned, boolean leading, Map<String, String> holes) {
        public Condition {
            holes = Map.copyOf(holes);
        }

        public boolean isReady() {
            return storeReached && inboxAssigned && holes.isEmpty();
        }
    }

    static List<String> views(App app) {
        Stream<String> own = app.features().stream().map(Feature::view).flatMap(view -> view.tables().stream());
        Stream<String> known = app.known().stream().map(KnownView::tables).flatMap(List::stream);
        return Stream.concat(own, known).distinct().toList();
    }

    private void run(String name, Runnable task) {
        threads.add(Thread.ofPlatform().name(app.name() + "-" + name).daemon().start(task));
    }

    private static void join(Thread thread, Duration atMost) {
        try {
            thread.join(atMost);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
