package lpm.platform.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import lpm.platform.Commands.Outcome;
import lpm.platform.axon.AxonCommands;
import lpm.platform.ops.Meters;
import lpm.platform.store.Backoff;
import lpm.platform.store.Bell;
import lpm.platform.store.DueCommands;
import lpm.platform.store.SqlFailure;
import lpm.platform.store.Stop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides own commands when their time has come: what {@code react} sent to this service itself, at once and in
 * order per
 * source, and reminders. The row goes in the transaction of the command's effect, so each is decided exactly once.
 */
public final class Reminders implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Reminders.class);

    /** Commands taken in one look. */
    private static final int BATCH = 200;

    /** Sources worked on at the same time. */
    private static final int PARALLEL = 4;

    /** Tries of one command before it is parked. */
    static final int MAX_TRIES = 5;

    private static final Duration LONGEST_WAIT = Duration.ofMillis(200);
    private static final Duration FIRST_RETRY = Duration.ofMillis(100);

    private final AxonCommands commands;
    private final DueCommands due;
    private final Clock clock;
    private final Bell bell;
    private final Meters meters;
    private final BooleanSupplier leading;
    private final ExecutorService workers;
    private final Stop stop;
    private final Backoff backoff = new Backoff();

    /** @param leading whether this replica is the active one; the others leave the rows alone */
    public Reminders(
            AxonCommands commands,
            DueCommands due,
            Clock clock,
            Bell bell,
            Meters meters,
            BooleanSupplier leading,
            ExecutorService workers,
            Stop stop) {
        this.commands = commands;
        this.due = due;
        this.clock = clock;
        this.bell = bell;
        this.meters = meters;
        this.leading = leading;
        this.workers = workers;
        this.stop = stop;
    }

    @Override
    public void run() {
        while (!stop.isAsked()) {
            try {
                if (!leading.getAsBoolean() || !pass()) {
                    bell.await(untilNext());
                }
                backoff.reset();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                meters.restarted("reminders");
                LOG.warn("due commands are looked at again: {}", e.toString());
                backoff.pause();
            }
        }
    }

    private Duration untilNext() {
        if (!leading.getAsBoolean()) {
            return LONGEST_WAIT;
        }
        Duration wait =
                due.next().map(next -> Duration.between(clock.instant(), next)).orElse(LONGEST_WAIT);
        return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    }

    /** Decides what is due; false if nothing was. */
    boolean pass() throws InterruptedException {
        Instant now = clock.instant();
        Map<String, List<DueCommands.Row>> bySource = new LinkedHashMap<>();
        List<DueCommands.Row> rows = due.due(now, BATCH);
        meters.due(rows.size());
        rows.forEach(row -> bySource.computeIfAbsent(
                        String.valueOf(Math.floorMod(row.source().hashCode(), PARALLEL)), _ -> new ArrayList<>())
                .add(row));
        List<Future<?>> running = new ArrayList<>();
        bySource.values().forEach(group -> running.add(workers.submit(() -> inOrder(group))));
        for (Future<?> each : running) {
            await(each);
        }
        return !rows.isEmpty();
    }

    private static void await(Future<?> task) throws InterruptedException {
        try {
            task.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        }
    }

    /** A failed command holds up later ones of its source; others go on. */
    private void inOrder(List<DueCommands.Row> rows) {
        List<String> held = new ArrayList<>();
        for (DueCommands.Row row : rows) {
            if (!held.contains(row.source()) && !decide(row)) {
                held.add(row.source());
            }
        }
    }

    private boolean decide(DueCommands.Row row) {
        try {
            commands.retrying(() -> {
                if (due.take(row.id())) {
                    Outcome outcome = commands.decide(due.request(row, clock.instant()), List.of(due.command(row)));
                    meters.command(outcome instanceof Outcome.Accepted ? "decided" : "refused");
                }
                return true;
            });
            return true;
        } catch (RuntimeException e) {
            if (SqlFailure.isAway(e)) {
                throw e;
            }
            putOff(row, e);
            return false;
        }
    }

    private void putOff(DueCommands.Row row, RuntimeException failure) {
        if (row.attempts() + 1 >= MAX_TRIES) {
            meters.command("parked");
            LOG.error("command {} of {} is parked", row.type(), row.source(), failure);
            due.park(row.id(), String.valueOf(failure));
        } else {
            meters.command("failed");
            due.retry(
                    row.id(),
                    clock.instant().plus(FIRST_RETRY.multipliedBy(1L << row.attempts())),
                    String.valueOf(failure));
        }
    }
}
