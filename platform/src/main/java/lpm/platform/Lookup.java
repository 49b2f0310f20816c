package lpm.platform;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads rows of views: JSON documents by table and id. */
public interface Lookup {
    /** One row. */
    <T> Optional<T> get(String table, String id, Class<T> type);

    /** Those of these rows that there are, by id. */
    <T> Map<String, T> get(String table, Collection<String> ids, Class<T> type);

    /** The rows a query selects, in its order. */
    <T> List<T> find(String table, Query query, Class<T> type);

    /** How many rows a query selects, its limit and offset aside. */
    long count(String table, Query query);
}
