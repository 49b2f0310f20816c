package lpm.verify.source;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import lpm.contracts.Actor;
import lpm.contracts.Envelope;
import lpm.verify.history.AuditRow;
import lpm.verify.history.Damaged;
import lpm.verify.history.Entry;
import lpm.verify.history.History;
import lpm.verify.history.Place;
import lpm.verify.history.ServiceLog;
import org.jspecify.annotations.Nullable;

/** The event tables: one schema a service, named like the service and its role. */
final class Stores {
    private static final int FETCH_ROWS = 1_000;

    private final Connections connections;

    Stores(Connections connections) {
        this.connections = connections;
    }

    /**
     * Everything one service stored, as of one moment; what cannot be read goes to {@code damaged}.
     *
     * @param lost whether topics were lost and filled again
     */
    ServiceLog read(String service, boolean lost, Collection<Damaged> damaged) throws SQLException {
        try (Connection connection = connections.open(service)) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setReadOnly(true);
            long published =
                    number(connection, "select coalesce(max(position), 0) from " + service + ".outbox_position");
            List<Entry> events = events(connection, service, damaged);
            Set<String> laidAside = new HashSet<>(texts(connection, laidAside(service, lost)));
            List<String> stuck = texts(
                    connection,
                    "select key || ': ' || what || ' is parked: ' || why from " + service
                            + ".parked where source <> 'inbox' union all select source || ': ' || type"
                            + " || ' is parked: ' || coalesce(failure, '') from " + service
                            + ".due_command where due = 'infinity'");
            connection.rollback();
            return new ServiceLog(service, events, published, laidAside, stuck);
        }
    }

    /**
     * Not the places of a topic that was lost: what is there now is another record. What was laid aside before topics
     * were told apart by their ids has none (nor has its table that column, until its service starts again), and is
     * meant as long as none was lost.
     */
    private static String laidAside(String service, boolean lost) {
        String topicId = "coalesce(to_jsonb(p) ->> 'topic_id', '')";
        return "select topic || '/' || partition || '@' || record_offset from " + service + ".parked as p join "
                + service + ".inbox_position as i using (topic, partition) where source = 'inbox' and ("
                + topicId + " = i.topic_id" + (lost ? ")" : " or " + topicId + " = '')");
    }

    /** The audit that a service keeps, as of one moment. */
    History.Audit audit(String service) throws SQLException {
        try (Connection connection = connections.open(service)) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setReadOnly(true);
            List<AuditRow> rows =
                    texts(connection, "select row::text from " + service + ".audit_view order by id").stream()
                            .map(AuditRows::read)
                            .toList();
            long newest = number(
                    connection,
                    "select coalesce(max((row ->> 'position')::bigint), 0) from " + service + ".audit_position_view");
            connection.rollback();
            return new History.Audit(rows, newest);
        }
    }

    /** Whether topics were lost and filled again. */
    boolean lostTopics(Collection<String> services) throws SQLException {
        long lost = 0;
        for (String service : services) {
            try (Connection connection = connections.open(service)) {
                lost += number(connection, "select coalesce(sum(lost), 0) from " + service + ".outbox_topic");
            }
        }
        return lost > 0;
    }

    /** Those of these events that are stored by now. */
    Set<UUID> present(String service, Collection<UUID> ids) throws SQLException {
        Set<UUID> found = new HashSet<>();
        try (Connection connection = connections.open(service);
                PreparedStatement statement = connection.prepareStatement(
                        "select event_id from " + service + ".event where event_id = any(?)")) {
            statement.setArray(
                    1,
                    connection.createArrayOf(
                            "text", ids.stream().map(UUID::toString).toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(UUID.fromString(rows.getString(1)));
                }
            }
        }
        return found;
    }

    private static List<Entry> events(Connection connection, String service, Collection<Damaged> damaged)
            throws SQLException {
        List<Entry> events = new ArrayList<>();
        try (PreparedStatement statement =
                connection.prepareStatement("select * from " + service + ".event order by position")) {
            statement.setFetchSize(FETCH_ROWS);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    Place place = new Place.Stored(service, rows.getLong("position"));
                    try {
                        events.add(new Entry(place, envelope(rows)));
                    } catch (IOException | IllegalArgumentException e) {
                        damaged.add(new Damaged(place, String.valueOf(e.getMessage())));
                    }
                }
            }
        }
        return events;
    }

    private static Envelope<Record> envelope(ResultSet row) throws SQLException, IOException {
        JsonNode meta = Envelopes.MAPPER.readTree(row.getString("meta"));
        return Envelopes.decode(new Envelope<>(
                UUID.fromString(row.getString("event_id")),
                row.getString("type"),
                Integer.parseInt(row.getString("version")),
                row.getString("aggregate_id"),
                row.getLong("sequence"),
                null,
                number(meta, "accountId"),
                number(meta, "ownerEpoch"),
                number(meta, "hostEpoch"),
                uuid(meta, "commandId"),
                null,
                Instant.parse(row.getString("occurred_at")),
                UUID.fromString(meta.path("correlationId").asText()),
                uuid(meta, "causationId"),
                new Actor(
                        Actor.Kind.valueOf(meta.path("actorKind").asText()),
                        meta.path("actorId").asText()),
                meta.hasNonNull("reason") ? meta.path("reason").asText() : null,
                Envelopes.MAPPER.readTree(row.getString("data"))));
    }

    private static @Nullable Long number(JsonNode meta, String name) {
        return meta.hasNonNull(name) ? meta.path(name).asLong() : null;
    }

    private static @Nullable UUID uuid(JsonNode meta, String name) {
        return meta.hasNonNull(name) ? UUID.fromString(meta.path(name).asText()) : null;
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    private static List<String> texts(Connection connection, String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }
}
