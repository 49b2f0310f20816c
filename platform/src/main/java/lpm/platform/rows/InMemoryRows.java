package lpm.platform.rows;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import lpm.platform.Query;
import lpm.platform.Rows;
import lpm.platform.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * Rows in memory, with the meaning of those in PostgreSQL. Reads may come from any thread, writes from one at a time.
 */
public final class InMemoryRows implements Rows {
    private final Map<String, Map<String, JsonNode>> tables = new ConcurrentHashMap<>();
    private @Nullable Deque<Runnable> undo;

    @Override
    public void put(String table, String id, Object row) {
        set(table, id, Json.MAPPER.valueToTree(row));
    }

    @Override
    public void delete(String table, String id) {
        set(table, id, null);
    }

    @Override
    public <T> Optional<T> get(String table, String id, Class<T> type) {
        return Optional.ofNullable(rows(table).get(id)).map(row -> Json.convert(row, type));
    }

    @Override
    public <T> Map<String, T> get(String table, Collection<String> ids, Class<T> type) {
        Map<String, T> found = new HashMap<>();
        ids.forEach(id -> get(table, id, type).ifPresent(row -> found.put(id, row)));
        return found;
    }

    @Override
    public <T> List<T> find(String table, Query query, Class<T> type) {
        return selected(table, query)
                .sorted(Matching.order(query.order()))
                .skip(query.offset())
                .limit(query.limit())
                .map(entry -> Json.convert(entry.getValue(), type))
                .toList();
    }

    @Override
    public long count(String table, Query query) {
        return selected(table, query).count();
    }

    /** Remembers what writes replace from now on, until {@link #commit} or {@link #rollback}. */
    public void begin() {
        undo = new ArrayDeque<>();
    }

    /** Keeps everything written since {@link #begin}. */
    public void commit() {
        undo = null;
    }

    /** Takes back everything written since {@link #begin}. */
    public void rollback() {
        Deque<Runnable> steps = undo;
        undo = null;
        if (steps != null) {
            steps.forEach(Runnable::run);
        }
    }

    private Stream<Map.Entry<String, JsonNode>> selected(String table, Query query) {
        query.where().ifPresent(condition -> Paths.checkDepth(condition, 1));
        return rows(table).entrySet().stream().filter(entry -> query.where()
                .map(condition -> Matching.matches(condition, entry.getValue()))
                .orElse(true));
    }

    private void set(String table, String id, @Nullable JsonNode row) {
        Map<String, JsonNode> rows = rows(table);
        JsonNode previous = row == null ? rows.remove(id) : rows.put(id, row);
        if (undo != null) {
            undo.push(() -> {
                if (previous == null) {
                    rows.remove(id);
                } else {
                    rows.put(id, previous);
                }
            });
        }
    }

    private Map<String, JsonNode> rows(String table) {
        return tables.computeIfAbsent(Paths.table(table), _ -> new ConcurrentHashMap<>());
    }
}
