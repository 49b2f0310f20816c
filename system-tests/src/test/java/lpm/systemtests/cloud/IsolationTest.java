package lpm.systemtests.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import lpm.local.LocalCloud;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Services share nothing but Kafka. */
@ExtendWith(CloudExtension.class)
class IsolationTest {

    @Test
    void noServiceReadsTheTablesOfAnother(LocalCloud cloud) throws SQLException {
        for (String role : LocalCloud.SERVICES) {
            try (Connection connection = cloud.postgreSql().connect(role)) {
                assertThat(readable(connection)).isNotEmpty().allMatch(table -> table.startsWith(role + "."));
            }
        }
    }

    private static List<String> readable(Connection connection) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select schemaname || '.' || tablename from pg_tables"
                                + " where schemaname not in ('pg_catalog', 'information_schema')"
                                + " and has_schema_privilege(schemaname, 'usage')"
                                + " and has_table_privilege(quote_ident(schemaname) || '.' || quote_ident(tablename), 'select')")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }
}
