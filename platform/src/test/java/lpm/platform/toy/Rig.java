package lpm.platform.toy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import lpm.contracts.Command;
import lpm.platform.App;
import lpm.platform.Commands.Outcome;
import lpm.platform.axon.AxonCommands;
import lpm.platform.json.Messages;
import lpm.platform.kafka.Inside;
import lpm.platform.kafka.Listeners;
import lpm.platform.ops.Meters;
import lpm.platform.rows.JdbcRows;
import lpm.platform.store.Bell;
import lpm.platform.store.DueCommands;
import lpm.platform.store.EventLog;
import lpm.platform.store.Schema;
import lpm.platform.store.Stop;
import lpm.platform.store.Store;
import lpm.platform.store.StoredStreams;

/** The parts of a service around the toy App, on a fresh schema, without threads. */
public final class Rig {
    public final Toy toy = new Toy();
    public final App app;
    public final Store store;
    public final JdbcRows rows;
    public final Messages messages;
    public final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    public final Meters meters;
    public final AxonCommands commands;
    public final EventLog log;
    public final DueCommands due;
    public final StoredStreams streams;
    public final Listeners listeners = new Listeners();
    public final Bell appended = new Bell();
    public final Bell dueBell = new Bell();

    public Rig(String name, Pattern... reads) {
        this(name, Database.fresh(name), reads);
    }

    public Rig(String name, DataSource source, Pattern... reads) {
        app = toy.app(name, reads);
        store = new Store(source, name);
        rows = new JdbcRows(store);
        messages = new Messages(app);
        meters = new Meters(registry, name);
        commands = new AxonCommands(app, store, rows, messages, meters, appended::ring);
        log = new EventLog(store, messages);
        due = new DueCommands(store, messages);
        streams = new StoredStreams(app, log);
    }

    public Rig create() {
        Schema.create(store, List.of(Toy.VIEW, Toy.KNOWN));
        return this;
    }

    public Inside inside() {
        return new Inside(
                app,
                store,
                commands,
                rows,
                messages,
                log,
                due,
                listeners,
                appended,
                dueBell,
                meters,
                Clock.systemUTC(),
                new Stop());
    }

    public Outcome send(Command... unit) {
        return commands.send(Toy.request(), List.of(unit));
    }

    public long total(String counter) {
        return rows.get(Toy.VIEW, counter, Toy.Row.class).orElseThrow().total();
    }
}
