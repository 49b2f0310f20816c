package lpm.verify.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import lpm.verify.history.AuditRow;
import lpm.verify.history.Damaged;
import lpm.verify.history.History;
import lpm.verify.history.ServiceLog;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is read of a service's schema, on a real PostgreSQL. Nothing is shared: the tables are written down again. */
class StoresTest {
    private static final String TABLES = """
            create schema account;
            create table account.event (position bigint, event_id text, aggregate_id text, sequence bigint,
                occurred_at text, type text, version text, data text, meta text);
            create table account.outbox_position (name text, position bigint);
            create table account.inbox_position (topic text, partition int, next_offset bigint, topic_id text);
            create table account.parked (source text, key text, what text, why text, topic text, topic_id text,
                partition int, record_offset bigint);
            create table account.due_command (source text, type text, failure text, due timestamptz);
            create table account.audit_view (id text, row jsonb);
            create table account.audit_position_view (id text, row jsonb);
            insert into account.outbox_position values ('events', 12);
            insert into account.inbox_position values ('t', 0, 9, 'now'), ('t', 1, 9, 'now');
            insert into account.parked values ('inbox', 'k', 'w', 'y', 't', 'now', 0, 1),
                ('inbox', 'k', 'w', 'y', 't', 'lost', 0, 2), ('inbox', 'k', 'w', 'y', 't', '', 1, 3),
                ('reaction', 'linode:1', 'an event', 'it failed', null, '', null, 4);
            insert into account.audit_view values ('02', '{"position": 2, "kind": "unreadable"}'),
                ('01', '{"position": 1, "kind": "parked"}'), ('03', '{"position": 3, "kind": "event"}');
            insert into account.audit_position_view values ('newest', '{"position": 3}');
            """;

    /** A service that has not started since. */
    private static final String OLD = "storage";

    private static EmbeddedPostgres server;
    private static Stores stores;

    @BeforeAll
    static void start() throws IOException, SQLException {
        server = EmbeddedPostgres.start();
        stores = new Stores(_ -> server.getPostgresDatabase().getConnection());
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(TABLES);
            statement.execute(TABLES.replace("account", OLD) + "alter table " + OLD + ".parked drop column topic_id");
        }
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    private static ServiceLog read(String service, boolean lost) throws SQLException {
        List<Damaged> damaged = new ArrayList<>();
        ServiceLog log = stores.read(service, lost, damaged);
        assertThat(damaged).isEmpty();
        return log;
    }

    @Test
    void whatWasLaidAsideBeforeTopicsHadIdsIsMeantAsLongAsNoneWasLost() throws SQLException {
        assertThat(read("account", false).laidAside()).containsExactlyInAnyOrder("t/0@1", "t/1@3");
        assertThat(read("account", true).laidAside()).containsExactly("t/0@1");
        assertThat(read(OLD, false).laidAside()).containsExactlyInAnyOrder("t/0@1", "t/0@2", "t/1@3");
        assertThat(read(OLD, true).laidAside()).isEmpty();
        assertThat(read("account", false).stuck()).containsExactly("linode:1: an event is parked: it failed");
        assertThat(read("account", false).published()).isEqualTo(12);
    }

    @Test
    void theAuditIsReadInItsOrder() throws SQLException {
        History.Audit audit = stores.audit("account");
        assertThat(audit.newest()).isEqualTo(3);
        assertThat(audit.rows()).extracting(AuditRow::position).containsExactly(1L, 2L, -1L);
        assertThat(audit.rows().getLast().kind()).as("why it cannot be read").isNotEqualTo("event");
    }
}
