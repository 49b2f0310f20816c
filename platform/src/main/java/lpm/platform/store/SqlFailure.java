package lpm.platform.store;

import java.sql.SQLException;
import java.util.Set;
import lpm.platform.StoreUnavailable;

/** A statement failed; tells apart what may be tried again. */
public final class SqlFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Unique violation, deadlock, serialisation failure, lock not available. */
    private static final Set<String> CONFLICTS = Set.of("23505", "40P01", "40001", "55P03");

    /** No connection; no disk, memory or connection left; a disk that fails. */
    private static final Set<String> AWAY_CLASSES = Set.of("08", "53", "58");

    /** The server stops, starts or only reads. */
    private static final Set<String> AWAY = Set.of("57P01", "57P02", "57P03", "25006", "28000");

    private SqlFailure(SQLException cause) {
        super(cause.getMessage(), cause);
    }

    /** The exception that tells of a failed statement. */
    public static RuntimeException of(SQLException cause) {
        return isAway(cause) ? new StoreUnavailable("the store cannot be reached now", cause) : new SqlFailure(cause);
    }

    /** Whether another writer was in the way, so that the whole transaction is worth another try. */
    public static boolean isConflict(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof SQLException sql
                    && sql.getSQLState() != null
                    && CONFLICTS.contains(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    /** Whether the store could not be reached. */
    public static boolean isAway(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof StoreUnavailable) {
                return true;
            }
            if (each instanceof SQLException sql && isAway(sql)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAway(SQLException failure) {
        String state = failure.getSQLState();
        if (state == null) {
            // pools tell by a plain exception that no connection could be had in time
            return true;
        }
        return AWAY.contains(state) || AWAY_CLASSES.stream().anyMatch(state::startsWith);
    }
}
