package lpm.platform.kafka;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import lpm.contracts.Envelope;
import lpm.contracts.Topics;
import lpm.platform.App;
import lpm.platform.Parked.Source;
import lpm.platform.json.EnvelopeJson;
import lpm.platform.store.EventLog;
import lpm.platform.store.EventLog.Entry;
import lpm.platform.store.ParkedRecords;
import lpm.platform.store.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills a new topic from the event store when the one before was lost: every event again, and every order that a
 * topic of orders would still keep, as readers tell by number what they have. What follows inside the service follows
 * once, so nothing of it is done here. Nothing new is published until all that was is there again: of one cause, a
 * reader that has heard a later order takes no earlier one.
 */
final class Refill {
    private static final Logger LOG = LoggerFactory.getLogger(Refill.class);
    private static final String AGAIN = "again";

    private final App app;
    private final Store store;
    private final EventLog log;
    private final Reactor reactor;
    private final ParkedRecords parked;
    private final Clock clock;
    private final List<Runnable> preparations = new CopyOnWriteArrayList<>();
    private boolean underWay;

    Refill(Inside in, Reactor reactor, ParkedRecords parked) {
        this.app = in.app();
        this.store = in.store();
        this.log = in.log();
        this.reactor = reactor;
        this.parked = parked;
        this.clock = in.clock();
    }

    /** Runs this before a new topic is filled; it may be run again. */
    void prepare(Runnable preparation) {
        preparations.add(preparation);
    }

    /** Finds out whether there is anything to fill. Throws if Kafka is away or the topic is not there. */
    void begin(Publisher publisher) {
        String topic = Topics.events(app.name());
        String id = publisher.idOf(topic);
        store.inTransaction(() -> note(topic, id));
        underWay = position(AGAIN).isPresent();
        if (underWay) {
            LOG.warn("{} is a new topic: every event is published to it again before any new one", topic);
            preparations.forEach(Runnable::run);
        }
    }

    private boolean note(String topic, String id) {
        Optional<String> before = store.first(
                "select id from " + store.name("outbox_topic") + " where name = ?", row -> row.getString(1), topic);
        if (before.equals(Optional.of(id))) {
            return false;
        }
        store.update(
                "insert into " + store.name("outbox_topic")
                        + " as t (name, id) values (?, ?)"
                        + " on conflict (name) do update set id = excluded.id, lost = t.lost + 1",
                topic,
                id);
        if (before.isPresent()) {
            store.update(
                    "insert into " + store.name("outbox_position")
                            + " (name, position) values (?, 0) on conflict (name) do update set position = 0",
                    AGAIN);
        }
        return true;
    }

    /** Whether the topic that this publisher means holds all that was ever published. */
    boolean isDone(Publisher publisher) {
        String topic = Topics.events(app.name());
        return position(AGAIN).isEmpty()
                && store.first(
                                "select 1 from " + store.name("outbox_topic") + " where name = ? and id <> ?",
                                row -> 1,
                                topic,
                                publisher.idOf(topic))
                        .isEmpty();
    }

    /** Publishes the next events again; false if there are none left. */
    boolean pass(Publisher publisher) {
        if (!underWay) {
            return false;
        }
        long from = position(AGAIN).orElseThrow(() -> new IllegalStateException("another replica fills the topic"));
        long end = position(Outbox.RELAY).orElse(0L);
        List<Entry> batch = log.after(from, Outbox.BATCH).stream()
                .filter(each -> each.position() <= end)
                .toList();
        publish(batch, publisher);
        publisher.awaitAcks();
        if (batch.isEmpty()) {
            store.update("delete from " + store.name("outbox_position") + " where name = ?", AGAIN);
            underWay = false;
            LOG.warn("everything up to position {} is published again", end);
        } else {
            moveTo(batch.getLast().position(), from);
        }
        return true;
    }

    private void publish(List<Entry> batch, Publisher publisher) {
        Map<String, Long> laidAside = parked.firstOffsets(Source.reaction);
        Instant oldest = clock.instant().minus(Topics.ORDERS_KEPT);
        for (Entry entry : batch) {
            Envelope<Object> raw = EventLog.raw(entry);
            publisher.send(Topics.events(app.name()), entry.aggregateId(), raw.type(), EnvelopeJson.write(raw));
            boolean followed = entry.position() < laidAside.getOrDefault(entry.aggregateId(), Long.MAX_VALUE);
            if (followed && entry.identity().occurredAt().isAfter(oldest)) {
                reactor.react(entry, raw).outgoing().forEach(each -> order(each, publisher));
            }
        }
    }

    private static void order(Reactor.Outgoing order, Publisher publisher) {
        if (!publisher.has(order.topic())) {
            throw new IllegalStateException("there is no topic " + order.topic() + " yet");
        }
        publisher.send(order.topic(), order.key(), order.type(), order.value());
    }

    private Optional<Long> position(String name) {
        return store.first(
                "select position from " + store.name("outbox_position") + " where name = ?",
                row -> row.getLong(1),
                name);
    }

    private void moveTo(long to, long from) {
        int moved = store.update(
                "update " + store.name("outbox_position") + " set position = ? where name = ? and position = ?",
                to,
                AGAIN,
                from);
        if (moved != 1) {
            throw new IllegalStateException("another replica filled the topic on from " + from);
        }
    }
}
