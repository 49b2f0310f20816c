package lpm.platform.rows;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lpm.platform.Query;
import lpm.platform.Rows;
import lpm.platform.json.Json;
import lpm.platform.store.Store;

/** Rows in PostgreSQL: in the open transaction if there is one, else each statement by itself. */
public final class JdbcRows implements Rows {
    private final Store store;

    public JdbcRows(Store store) {
        this.store = store;
    }

    @Override
    public void put(String table, String id, Object row) {
        store.later(
                "insert into " + name(table)
                        + " (id, row) values (?, ?::jsonb) on conflict (id) do update set row = excluded.row",
                id,
                Json.write(row));
    }

    @Override
    public void delete(String table, String id) {
        store.later("delete from " + name(table) + " where id = ?", id);
    }

    @Override
    public <T> Optional<T> get(String table, String id, Class<T> type) {
        return store.first(
                "select row::text from " + name(table) + " where id = ?", row -> Json.read(row.getString(1), type), id);
    }

    @Override
    public <T> Map<String, T> get(String table, Collection<String> ids, Class<T> type) {
        Map<String, T> found = new HashMap<>();
        store.query(
                "select id, row::text from " + name(table) + " where id = any(?)",
                row -> found.put(row.getString(1), Json.read(row.getString(2), type)),
                (Object) ids.toArray(String[]::new));
        return found;
    }

    @Override
    public <T> List<T> find(String table, Query query, Class<T> type) {
        SqlQuery.Bound sql = SqlQuery.select(name(table), query);
        return store.query(
                sql.sql(),
                row -> Json.read(row.getString(1), type),
                sql.parameters().toArray());
    }

    @Override
    public long count(String table, Query query) {
        SqlQuery.Bound sql = SqlQuery.count(name(table), query);
        return store.first(sql.sql(), row -> row.getLong(1), sql.parameters().toArray())
                .orElseThrow();
    }

    private String name(String table) {
        return store.name(Paths.table(table));
    }
}
