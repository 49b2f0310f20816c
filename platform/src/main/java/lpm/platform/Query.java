package lpm.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which rows, in which order. Paths are dotted JSON field names ({@code entity.id}). On array fields, equality means
 * membership (Linode API's X-Filter).
 *
 * @param limit rows at most
 * @param offset rows skipped
 */
public record Query(Optional<Condition> where, List<Order> order, int limit, long offset) {
    /** Rows a query without an explicit limit returns at most. */
    public static final int MAX_ROWS = 100_000;

    /** Conditions nested at most this deep. */
    public static final int MAX_DEPTH = 16;

    public Query {
        order = List.copyOf(order);
    }

    /** A condition on a row's JSON document. */
    public sealed interface Condition {
        /** All must hold. */
        record And(List<Condition> all) implements Condition {
            public And {
                all = List.copyOf(all);
            }
        }

        /** At least one must hold. */
        record Or(List<Condition> any) implements Condition {
            public Or {
                any = List.copyOf(any);
            }
        }

        /** Compares a field; {@code value} is a String, Long, Double or Boolean, or empty for JSON null. */
        record Compare(String path, Operator operator, Optional<Object> value) implements Condition {}
    }

    /** How a field is compared. */
    public enum Operator {
        equal,
        notEqual,
        greater,
        greaterOrEqual,
        less,
        lessOrEqual,
        contains
    }

    /** A sort key. */
    public record Order(String path, boolean descending) {}

    /** Every row. */
    public static Query all() {
        return new Query(Optional.empty(), List.of(), MAX_ROWS, 0);
    }

    /** Rows whose field equals the value. */
    public static Query where(String path, Object value) {
        return all().and(path, value);
    }

    /** Rows that also have this value. */
    public Query and(String path, Object value) {
        return and(new Condition.Compare(path, Operator.equal, Optional.of(value)));
    }

    /** Rows for which this holds too. */
    public Query and(Condition condition) {
        List<Condition> all = new ArrayList<>();
        where.ifPresent(all::add);
        all.add(condition);
        return new Query(Optional.of(all.size() == 1 ? condition : new Condition.And(all)), order, limit, offset);
    }

    /** Ordered by this field too. */
    public Query orderBy(String path, boolean descending) {
        List<Order> more = new ArrayList<>(order);
        more.add(new Order(path, descending));
        return new Query(where, more, limit, offset);
    }

    /** So many rows at most. */
    public Query limit(int rows) {
        return new Query(where, order, rows, offset);
    }

    /** Without the first rows. */
    public Query offset(long rows) {
        return new Query(where, order, limit, rows);
    }
}
