package lpm.local;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Who may do what in the database: each service its own schema and nothing else. */
final class PostgresRoles {
    private static final List<String> DURABILITY = List.of("fsync", "synchronous_commit", "full_page_writes");

    private PostgresRoles() {}

    static void ensure(Connection connection, String database) throws SQLException {
        if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = '" + database + "'")) {
            run(connection, "CREATE DATABASE " + database);
        }
    }

    static void ensureRoles(Connection connection, String database, List<String> roles, Secrets secrets)
            throws SQLException {
        run(connection, "REVOKE ALL ON DATABASE " + database + " FROM PUBLIC");
        run(connection, "REVOKE ALL ON SCHEMA public FROM PUBLIC");
        for (String role : roles) {
            if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = '" + role + "'")) {
                run(connection, "CREATE ROLE " + role + " LOGIN");
            }
            run(connection, "ALTER ROLE " + role + " PASSWORD '" + secrets.password(role) + "'");
            run(connection, "ALTER ROLE " + role + " SET search_path = " + role);
            run(connection, "GRANT CONNECT ON DATABASE " + database + " TO " + role);
            run(connection, "CREATE SCHEMA IF NOT EXISTS " + role + " AUTHORIZATION " + role);
        }
    }

    /** An acknowledged write must survive a power cut: read back what the server really does. */
    static void proveDurable(Connection connection) throws SQLException {
        for (String setting : DURABILITY) {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SHOW " + setting)) {
                if (!rows.next() || !rows.getString(1).equals("on")) {
                    throw new LocalFailure("PostgreSQL runs with " + setting + " off; expected on.");
                }
            }
        }
    }

    private static boolean exists(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }

    private static void run(Connection connection, String statement) throws SQLException {
        try (Statement one = connection.createStatement()) {
            one.execute(statement);
        }
    }
}
