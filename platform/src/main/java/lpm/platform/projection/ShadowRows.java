package lpm.platform.projection;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lpm.platform.Query;
import lpm.platform.Rows;
import lpm.platform.json.Json;
import lpm.platform.rows.JdbcRows;
import lpm.platform.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a view being rebuilt, in tables beside the live ones. What is written is kept in memory for a while, because
 * a replay writes the same row again and again, and goes to the tables many rows at a time.
 */
final class ShadowRows implements Rows {
    private static final String SUFFIX = "_rebuilt";
    private static final int MAX_KEPT = 5_000;

    private final Store store;
    private final JdbcRows stored;
    private final List<String> tables;
    private final Map<String, Map<String, @Nullable Object>> kept = new LinkedHashMap<>();
    private int keptRows;

    ShadowRows(Store store, List<String> tables) {
        this.store = store;
        this.stored = new JdbcRows(store);
        this.tables = List.copyOf(tables);
        tables.forEach(table -> kept.put(table, new LinkedHashMap<>()));
    }

    /** Makes the tables, empty. They need not outlive the server, and no view searches in its own rows. */
    void create() {
        drop();
        for (String table : tables) {
            store.update(
                    "create unlogged table " + shadow(table) + " (like " + store.name(table) + ", primary key (id))");
        }
    }

    void drop() {
        tables.forEach(table -> store.update("drop table if exists " + shadow(table)));
    }

    /** The full name of the table beside this one. */
    String shadow(String table) {
        return store.name(table + SUFFIX);
    }

    @Override
    public void put(String table, String id, Object row) {
        keep(table, id, row);
    }

    @Override
    public void delete(String table, String id) {
        keep(table, id, null);
    }

    private void keep(String table, String id, @Nullable Object row) {
        Map<String, @Nullable Object> rows = of(table);
        if (!rows.containsKey(id)) {
            keptRows++;
        }
        rows.put(id, row);
        if (keptRows >= MAX_KEPT) {
            flush();
        }
    }

    private Map<String, @Nullable Object> of(String table) {
        Map<String, @Nullable Object> rows = kept.get(table);
        if (rows == null) {
            throw new IllegalStateException("a view writes its own tables " + tables + " only, not " + table);
        }
        return rows;
    }

    /** Writes what is kept. */
    void flush() {
        kept.forEach(this::flush);
        keptRows = 0;
    }

    private void flush(String table, Map<String, @Nullable Object> rows) {
        String[] gone = rows.entrySet().stream()
                .filter(each -> each.getValue() == null)
                .map(Map.Entry::getKey)
                .toArray(String[]::new);
        if (gone.length > 0) {
            store.update("delete from " + shadow(table) + " where id = any(?)", (Object) gone);
        }
        List<Map.Entry<String, @Nullable Object>> there =
                rows.entrySet().stream().filter(each -> each.getValue() != null).toList();
        if (!there.isEmpty()) {
            store.update(
                    "insert into " + shadow(table) + " (id, row) select id, row::jsonb from"
                            + " unnest(?::text[], ?::text[]) as each (id, row)"
                            + " on conflict (id) do update set row = excluded.row",
                    there.stream().map(Map.Entry::getKey).toArray(String[]::new),
                    there.stream().map(each -> json(each.getValue())).toArray(String[]::new));
        }
        rows.clear();
    }

    private static String json(@Nullable Object row) {
        return row == null ? "null" : Json.write(row);
    }

    @Override
    public <T> Optional<T> get(String table, String id, Class<T> type) {
        Map<String, @Nullable Object> rows = of(table);
        if (!rows.containsKey(id)) {
            return stored.get(table + SUFFIX, id, type);
        }
        Object row = rows.get(id);
        if (row == null || type.isInstance(row)) {
            return Optional.ofNullable(row).map(type::cast);
        }
        return Optional.of(Json.convert(Json.MAPPER.valueToTree(row), type));
    }

    @Override
    public <T> Map<String, T> get(String table, Collection<String> ids, Class<T> type) {
        flush();
        return stored.get(table + SUFFIX, ids, type);
    }

    @Override
    public <T> List<T> find(String table, Query query, Class<T> type) {
        flush();
        return stored.find(table + SUFFIX, query, type);
    }

    @Override
    public long count(String table, Query query) {
        flush();
        return stored.count(table + SUFFIX, query);
    }
}
