package lpm.platform.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import lpm.contracts.Command;
import lpm.platform.Request;
import lpm.platform.json.Json;
import lpm.platform.json.Messages;

/** The table of own commands that are to be decided, now or later. */
public final class DueCommands {
    /** The due time of a command that waits for an operator. */
    private static final String NEVER = "infinity";

    private final Store store;
    private final Messages messages;

    public DueCommands(Store store, Messages messages) {
        this.store = store;
        this.messages = messages;
    }

    /**
     * One own command and its time.
     *
     * @param source the aggregate whose event asked for it; its commands that are no reminders run in order
     */
    public record Due(
            String source,
            long position,
            int ordinal,
            boolean reminder,
            Instant due,
            Request request,
            Command command) {
        public UUID id() {
            return request.commandId();
        }
    }

    /** A row as read; its command may turn out to be unreadable. */
    public record Row(UUID id, String source, int attempts, String type, int version, String data, String request) {}

    /** Adds rows; those already there stay as they are. */
    public void add(List<Due> commands) {
        store.updateAll(
                "insert into " + table()
                        + " (id, source, position, ordinal, reminder, due, type, version, data, request)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (id) do nothing",
                commands.stream().map(this::parameters).toList());
    }

    private Object[] parameters(Due due) {
        Messages.Written command = messages.write((Record) due.command());
        return new Object[] {
            due.id(),
            due.source(),
            due.position(),
            due.ordinal(),
            due.reminder(),
            due.due(),
            command.type(),
            command.version(),
            command.json(),
            Json.write(due.request())
        };
    }

    /** What is due, oldest first, but nothing that an unfinished earlier command of its source still holds up. */
    public List<Row> due(Instant now, int limit) {
        return store.query(
                "select id, source, attempts, type, version, data, request from " + table() + " d where due <= ?"
                        + " and (reminder or not exists (select 1 from " + table() + " e where e.source = d.source"
                        + " and not e.reminder and (e.position, e.ordinal) < (d.position, d.ordinal) and e.due > ?))"
                        + " order by position, ordinal limit ?",
                DueCommands::row,
                now,
                now,
                limit);
    }

    /** When the next one is due. */
    public Optional<Instant> next() {
        return store.query(
                        "select min(due) as due from " + table() + " where due < 'infinity'",
                        row -> Optional.ofNullable(row.getTimestamp(1)).map(Timestamp::toInstant))
                .getFirst();
    }

    public long countDue(Instant now) {
        return store.first("select count(*) from " + table() + " where due <= ?", row -> row.getLong(1), now)
                .orElseThrow();
    }

    public Command command(Row row) {
        return (Command) messages.readOwn(row.type(), row.version(), row.data());
    }

    public Request request(Row row, Instant now) {
        Request stored = Json.read(row.request(), Request.class);
        return new Request(
                stored.commandId(), stored.correlationId(), stored.causationId(), stored.actor(), stored.reason(), now);
    }

    /** Takes a command out; false if somebody else did. */
    public boolean take(UUID id) {
        return store.update("delete from " + table() + " where id = ?", id) == 1;
    }

    /** Puts a failed command off. */
    public void retry(UUID id, Instant due, String failure) {
        store.update(
                "update " + table() + " set attempts = attempts + 1, due = ?, failure = ? where id = ?",
                due,
                failure,
                id);
    }

    /** Lays a command aside until an operator releases it; later ones of its source wait behind it. */
    public void park(UUID id, String failure) {
        store.update(
                "update " + table() + " set attempts = attempts + 1, due = '" + NEVER + "', failure = ? where id = ?",
                failure,
                id);
    }

    /** Gives the parked commands of a source their turn again. */
    public int release(String source, Instant now) {
        return store.update(
                "update " + table() + " set attempts = 0, due = ? where source = ? and due = '" + NEVER + "'",
                now,
                source);
    }

    /** The parked commands, oldest first. */
    public List<Stuck> parked(int limit) {
        return store.query(
                "select source, type, coalesce(failure, '') as failure, request from " + table() + " where due = '"
                        + NEVER + "' order by position, ordinal limit ?",
                row -> new Stuck(
                        row.getString("source"),
                        row.getString("type"),
                        row.getString("failure"),
                        Json.read(row.getString("request"), Request.class).at()),
                limit);
    }

    /** A parked command. */
    public record Stuck(String source, String type, String failure, Instant since) {}

    public long countParked() {
        return store.first("select count(*) from " + table() + " where due = '" + NEVER + "'", row -> row.getLong(1))
                .orElseThrow();
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getObject("id", UUID.class),
                row.getString("source"),
                row.getInt("attempts"),
                row.getString("type"),
                row.getInt("version"),
                row.getString("data"),
                row.getString("request"));
    }

    private String table() {
        return store.name("due_command");
    }
}
