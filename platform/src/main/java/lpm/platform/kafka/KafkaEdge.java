package lpm.platform.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import lpm.platform.Parked;
import lpm.platform.store.ParkedRecords;

/** Everything of one service that touches Kafka, put together. */
public final class KafkaEdge {
    private static final String ACCOUNT = "account";

    private final Parked parked;
    private final Refill refill;
    private final Relay relay;
    private final KafkaInbox inbox;
    private final List<Loop> loops = new ArrayList<>();

    /**
     * @param connection how to reach Kafka: bootstrap servers, security
     * @param replica which replica this is, if it keeps its partitions over a restart
     * @param pulse told whenever account was heard
     */
    public KafkaEdge(Inside in, Map<String, String> connection, Optional<String> replica, Runnable pulse) {
        Supplier<Publisher> publishers = () -> new KafkaPublisher(connection);
        ParkedRecords records = new ParkedRecords(in.store());
        Reactor reactor = new Reactor(in);
        refill = new Refill(in, reactor, records);
        Outbox outbox = new Outbox(in, reactor, records, refill);
        relay = new Relay(in, outbox, refill, publishers);
        InboxPositions positions = new InboxPositions(in.store());
        Intake intake = new Intake(in);
        InboxStep step = new InboxStep(in, intake, positions, records, publishers);
        InboxBatches batches = new InboxBatches(in, intake, positions, step);
        inbox = new KafkaInbox(in, connection, replica, batches, positions);
        parked = new ParkedWork(in, records, step, outbox, publishers);
        relay.watch(() -> in.meters().parked(parked.count()));
        loops.add(new Loop("relay", relay));
        if (!in.app().reads().isEmpty()) {
            loops.add(new Loop("inbox", inbox));
        }
        loops.add(new Loop("softstate", new SoftState(in, connection, relay::isLeading, pulse)));
        if (in.app().name().equals(ACCOUNT)) {
            loops.add(new Loop("pulse", new Pulse(in, outbox, relay, publishers)));
        }
    }

    /** Something that runs on a thread of its own until it is told to stop. */
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

    /** Runs this before topics that were lost are filled again; it may be run again. */
    public void beforeRefill(Runnable preparation) {
        refill.prepare(preparation);
    }

    public KafkaInbox inbox() {
        return inbox;
    }
}
