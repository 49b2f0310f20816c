package lpm.platform.kafka;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import lpm.platform.App;
import lpm.platform.Parked;
import lpm.platform.Rows;
import lpm.platform.axon.AxonCommands;
import lpm.platform.json.Messages;
import lpm.platform.ops.Meters;
import lpm.platform.store.Bell;
import lpm.platform.store.DueCommands;
import lpm.platform.store.EventLog;
import lpm.platform.store.ParkedRecords;
import lpm.platform.store.Store;

/** Everything of one service that touches Kafka, put together. */
public final class KafkaEdge {
    private static final String ACCOUNT = "account";

    private final Parked parked;
    private final Relay relay;
    private final KafkaInbox inbox;
    private final List<Loop> loops = new ArrayList<>();

    /**
     * @param inside the parts of the service on the other side
     * @param connection how to reach Kafka: bootstrap servers, security
     * @param pulse told whenever account was heard
     */
    public KafkaEdge(Inside inside, Map<String, String> connection, Runnable pulse) {
        this(inside, connection, pulse, () -> new KafkaPublisher(connection));
    }

    KafkaEdge(Inside in, Map<String, String> connection, Runnable pulse, Supplier<Publisher> publishers) {
        ParkedRecords records = new ParkedRecords(in.store());
        Reactor reactor = new Reactor(in.app(), in.messages(), in.log());
        Outbox outbox = new Outbox(in.app(), in.store(), in.log(), reactor, in.due(), records, in.meters(), in.clock());
        relay = new Relay(in.store(), outbox, publishers, in.appended(), in.dueBell(), in.meters());
        InboxPositions positions = new InboxPositions(in.store());
        Intake intake = new Intake(
                in.app(),
                in.store(),
                in.commands(),
                in.rows(),
                in.messages(),
                positions,
                in.listeners(),
                in.meters(),
                in.clock());
        InboxStep step =
                new InboxStep(in.app(), in.commands(), intake, positions, records, publishers, in.meters(), in.clock());
        inbox = new KafkaInbox(in.app(), connection, step, positions, in.meters());
        parked = new ParkedWork(in.commands(), records, in.due(), step, outbox, publishers, in.dueBell(), in.clock());
        loops.add(new Loop("relay", relay));
        if (!in.app().reads().isEmpty()) {
            loops.add(new Loop("inbox", inbox));
        }
        loops.add(new Loop(
                "softstate",
                new SoftState(
                        in.app(),
                        connection,
                        in.commands(),
                        in.rows(),
                        in.messages(),
                        in.meters(),
                        in.clock(),
                        relay::isLeading,
                        pulse)));
        if (in.app().name().equals(ACCOUNT)) {
            loops.add(new Loop("pulse", new Pulse(outbox, relay, publishers, in.clock(), in.meters())));
        }
    }

    /** The parts of a service that its edge works with. */
    public record Inside(
            App app,
            Store store,
            AxonCommands commands,
            Rows rows,
            Messages messages,
            EventLog log,
            DueCommands due,
            Listeners listeners,
            Bell appended,
            Bell dueBell,
            Meters meters,
            Clock clock) {}

    /** Something that runs on a thread of its own until it is interrupted. */
    public record Loop(String name, Runnable task) {}

    public List<Loop> loops() {
        return List.copyOf(loops);
    }

    public Parked parked() {
        return parked;
    }

    public Relay relay() {
        return relay;
    }

    public KafkaInbox inbox() {
        return inbox;
    }
}
