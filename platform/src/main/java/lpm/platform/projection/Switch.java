package lpm.platform.projection;

import java.util.ArrayList;
import java.util.List;
import lpm.platform.store.SqlFailure;
import lpm.platform.store.Store;

/**
 * The last stretch of a rebuild, in one transaction: appending stops, the rest is replayed, live and rebuilt rows are
 * compared, and the live ones become the rebuilt ones.
 */
final class Switch {
    /** Grows with each try; at first the rebuild steps back before the server looks for deadlocks. */
    private static final int FIRST_PATIENCE_MILLIS = 400;

    private static final int LONGEST_PATIENCE_MILLIS = 4_000;
    private static final int EXAMPLES = 5;
    private static final double NANOS_PER_MILLI = 1e6;

    private final Store store;
    private final ShadowRows shadow;
    private final List<String> tables;

    Switch(Store store, ShadowRows shadow, List<String> tables) {
        this.store = store;
        this.shadow = shadow;
        this.tables = List.copyOf(tables);
    }

    /** How a try ended. */
    sealed interface Try {
        /** Compared, and the same afterwards. */
        record Done(long compared, long differing, List<String> examples, long lockedMillis) implements Try {}

        /** Other writers had the locks for too long; nothing was done. */
        record InTheWay() implements Try {}

        /** Rows differ, and readers must be kept out while they are put right; nothing was done. */
        record Differs() implements Try {}
    }

    /**
     * Stops writers, replays the rest and compares. Where rows differ they are put right only if {@code alone}: a
     * writer that has read a wrong row and not yet written would otherwise write it back.
     */
    Try now(Replay<?, ?> replay, boolean alone, int attempt) {
        boolean[] locked = {false};
        try {
            return store.inTransaction(() -> {
                lock(alone, Math.min(LONGEST_PATIENCE_MILLIS, FIRST_PATIENCE_MILLIS * attempt));
                locked[0] = true;
                long start = System.nanoTime();
                replay.finish();
                shadow.flush();
                return compare(alone, start);
            });
        } catch (RuntimeException e) {
            if (locked[0] || !SqlFailure.isConflict(e)) {
                throw e;
            }
            return new Try.InTheWay();
        }
    }

    /** The view's tables before the events': whoever writes them already gets to its end. */
    private void lock(boolean alone, int patienceMillis) {
        store.update("set local lock_timeout = " + patienceMillis);
        String mode = alone ? "access exclusive" : "exclusive";
        tables.forEach(table -> store.update("lock table " + store.name(table) + " in " + mode + " mode"));
        store.update("lock table " + store.name("event") + " in share mode");
    }

    private Try compare(boolean alone, long start) {
        long compared = 0;
        long differing = 0;
        List<String> examples = new ArrayList<>();
        for (String table : tables) {
            Count count = count(table);
            compared += count.compared();
            differing += count.differing();
        }
        if (differing > 0 && !alone) {
            return new Try.Differs();
        }
        if (differing > 0) {
            tables.forEach(table -> examples.addAll(examples(table)));
            tables.forEach(this::putRight);
        }
        long millis = Math.round((System.nanoTime() - start) / NANOS_PER_MILLI);
        return new Try.Done(
                compared, differing, examples.stream().limit(EXAMPLES).toList(), millis);
    }

    private String both(String table) {
        return store.name(table) + " live full join " + shadow.shadow(table) + " other using (id)";
    }

    private record Count(long compared, long differing) {}

    private Count count(String table) {
        return store.first(
                        "select count(*), count(*) filter (where live.row is distinct from other.row) from "
                                + both(table),
                        row -> new Count(row.getLong(1), row.getLong(2)))
                .orElseThrow();
    }

    private List<String> examples(String table) {
        return store.query(
                "select id from " + both(table) + " where live.row is distinct from other.row order by id limit ?",
                row -> table + "/" + row.getString(1),
                EXAMPLES);
    }

    private void putRight(String table) {
        String live = store.name(table);
        String other = shadow.shadow(table);
        store.update("delete from " + live + " as live where not exists (select 1 from " + other
                + " as right_one where right_one.id = live.id)");
        store.update("insert into " + live + " (id, row) select id, row from " + other
                + " as right_one where not exists (select 1 from " + live
                + " as live where live.id = right_one.id and live.row = right_one.row)"
                + " on conflict (id) do update set row = excluded.row");
    }
}
