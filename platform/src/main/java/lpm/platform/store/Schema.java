package lpm.platform.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Pattern;

/** Makes the tables a service needs in its own schema; safe to run at every start, by several replicas. */
public final class Schema {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    private Schema() {}

    /** Makes what is missing: the platform's tables, and one of documents per view. */
    public static void create(Store store, List<String> views) {
        String schema = checked(store.schema());
        views.forEach(Schema::checked);
        store.inTransaction(() -> {
            store.lock(List.of("schema"));
            if (!exists(store, schema)) {
                run(store, "create schema " + schema);
            }
            run(store, text().replace("${schema}", schema));
            views.forEach(view -> run(store, viewTable(schema, view)));
            return true;
        });
    }

    private static boolean exists(Store store, String schema) {
        return !store.query("select 1 from pg_namespace where nspname = ?", row -> row.getInt(1), schema)
                .isEmpty();
    }

    private static String viewTable(String schema, String view) {
        String tables = """
                create table if not exists %1$s.%2$s (id text primary key, row jsonb not null);
                create index if not exists %2$s_row on %1$s.%2$s using gin (row jsonb_path_ops)""";
        return tables.formatted(schema, view);
    }

    private static void run(Store store, String sql) {
        store.with(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
    }

    private static String checked(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a name for a schema or table: " + name);
        }
        return name;
    }

    private static String text() {
        try (InputStream in = Schema.class.getResourceAsStream("/db/platform.sql")) {
            if (in == null) {
                throw new IllegalStateException("db/platform.sql is missing from the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
