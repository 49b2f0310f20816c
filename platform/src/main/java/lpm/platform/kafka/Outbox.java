package lpm.platform.kafka;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import lpm.contracts.Envelope;
import lpm.contracts.Topics;
import lpm.platform.App;
import lpm.platform.Parked.Source;
import lpm.platform.json.EnvelopeJson;
import lpm.platform.ops.Meters;
import lpm.platform.store.DueCommands;
import lpm.platform.store.DueCommands.Due;
import lpm.platform.store.EventLog;
import lpm.platform.store.EventLog.Entry;
import lpm.platform.store.ParkedRecords;
import lpm.platform.store.Store;

/**
 * One pass of the relay: publishes the next events and what follows from them, then moves the position. Events and
 * commands for others go to Kafka; own commands and reminders become rows in the transaction that moves the
 * position, so
 * they are neither lost nor doubled, and a slow one stalls nobody.
 */
final class Outbox {
    /** Events of one pass. */
    static final int BATCH = 500;

    static final String RELAY = "relay";

    private final App app;
    private final Store store;
    private final EventLog log;
    private final Reactor reactor;
    private final DueCommands due;
    private final ParkedRecords parked;
    private final Refill refill;
    private final Meters meters;
    private final Clock clock;
    private final LowWater events;

    Outbox(Inside in, Reactor reactor, ParkedRecords parked, Refill refill) {
        this.app = in.app();
        this.store = in.store();
        this.log = in.log();
        this.reactor = reactor;
        this.due = in.due();
        this.parked = parked;
        this.refill = refill;
        this.meters = in.meters();
        this.clock = in.clock();
        this.events = new LowWater(in.log(), BATCH);
    }

    /** What one pass came to. */
    enum Pass {
        /** Something was published; there may be more. */
        published,
        /** Nothing to publish. */
        idle,
        /** A gap that a running transaction may still fill comes first. */
        heldUp
    }

    Pass pass(Publisher publisher) {
        long position = position();
        List<Entry> batch = events.after(position);
        if (batch.isEmpty()) {
            return events.isHeldUp() ? Pass.heldUp : Pass.idle;
        }
        Set<String> stuckBefore = parked.keys(Source.reaction);
        Followed all = publish(batch, stuckBefore, publisher);
        publisher.awaitAcks();
        advance(position, batch, stuckBefore, all);
        meters.published(
                batch.size(), Duration.between(batch.getFirst().identity().occurredAt(), clock.instant()));
        return Pass.published;
    }

    /** What follows from a whole batch, and the events whose reaction must wait. */
    private record Followed(List<Due> own, List<ParkedRecords.Item> stuck) {}

    private Followed publish(List<Entry> batch, Set<String> stuckBefore, Publisher publisher) {
        String topic = Topics.events(app.name());
        Followed all = new Followed(new ArrayList<>(), new ArrayList<>());
        Set<String> stuck = new HashSet<>(stuckBefore);
        for (Entry entry : batch) {
            Envelope<Object> raw = EventLog.raw(entry);
            publisher.send(topic, entry.aggregateId(), raw.type(), EnvelopeJson.write(raw));
            if (stuck.contains(entry.aggregateId())) {
                all.stuck().add(item(entry, "an earlier reaction of this aggregate is parked"));
                continue;
            }
            switch (react(entry, raw, publisher)) {
                case Reaction.Follows follows -> {
                    follows.followed().outgoing().forEach(each -> send(each, publisher));
                    all.own().addAll(follows.followed().own());
                }
                case Reaction.Fails fails -> {
                    stuck.add(entry.aggregateId());
                    all.stuck().add(item(entry, fails.why()));
                }
            }
        }
        return all;
    }

    private sealed interface Reaction {
        record Follows(Reactor.Followed followed) implements Reaction {}

        record Fails(String why) implements Reaction {}
    }

    /** That Kafka is away is thrown: it concerns everybody. What is wrong with this one event is answered. */
    private Reaction react(Entry entry, Envelope<?> raw, Publisher publisher) {
        Reactor.Followed followed;
        try {
            followed = reactor.react(entry, raw);
        } catch (RuntimeException e) {
            return new Reaction.Fails(String.valueOf(e));
        }
        return followed.outgoing().stream()
                .map(Reactor.Outgoing::topic)
                .filter(each -> !publisher.has(each))
                .findFirst()
                .<Reaction>map(missing -> new Reaction.Fails("there is no topic " + missing))
                .orElseGet(() -> new Reaction.Follows(followed));
    }

    private static void send(Reactor.Outgoing command, Publisher publisher) {
        publisher.send(command.topic(), command.key(), command.type(), command.value());
    }

    private void advance(long from, List<Entry> batch, Set<String> stuckBefore, Followed all) {
        store.inTransaction(() -> {
            moveTo(batch.getLast().position(), from);
            due.add(all.own());
            for (ParkedRecords.Item item : all.stuck()) {
                if (stuckBefore.contains(item.key()) && !parked.stillHolds(Source.reaction, item.key())) {
                    throw new IllegalStateException(item.key() + " was released meanwhile: this pass is done again");
                }
                parked.add(item);
            }
            return true;
        });
    }

    private ParkedRecords.Item item(Entry entry, String why) {
        return new ParkedRecords.Item(
                Source.reaction,
                entry.aggregateId(),
                entry.identity().type(),
                why,
                clock.instant(),
                "",
                "",
                0,
                entry.position(),
                "",
                null);
    }

    /** Runs a parked reaction again; part of the transaction that removes it. */
    void again(long position, Publisher publisher) {
        if (!refill.isDone(publisher)) {
            throw new IllegalStateException(
                    "a new topic is being filled with all that was published; release it when that is done");
        }
        Entry entry = log.at(position).orElseThrow(() -> new IllegalStateException("no event at " + position));
        switch (react(entry, EventLog.raw(entry), publisher)) {
            case Reaction.Follows follows -> {
                follows.followed().outgoing().forEach(each -> send(each, publisher));
                publisher.awaitAcks();
                due.add(follows.followed().own());
            }
            case Reaction.Fails fails -> throw new IllegalStateException(fails.why());
        }
    }

    /** Events not published yet, roughly: gaps count. */
    long backlog() {
        long published = store.first(
                        "select coalesce(min(position), 0) from " + store.name("outbox_position"),
                        row -> row.getLong(1))
                .orElse(0L);
        return Math.max(0, log.head() - published);
    }

    private long position() {
        return store.first(
                        "select position from " + store.name("outbox_position") + " where name = ?",
                        row -> row.getLong(1),
                        RELAY)
                .orElse(0L);
    }

    private void moveTo(long to, long from) {
        int moved = from == 0
                ? store.update(
                        "insert into " + store.name("outbox_position")
                                + " (name, position) values (?, ?) on conflict do nothing",
                        RELAY,
                        to)
                : store.update(
                        "update " + store.name("outbox_position") + " set position = ? where name = ? and position = ?",
                        to,
                        RELAY,
                        from);
        if (moved != 1) {
            throw new IllegalStateException("another replica moved the relay on from " + from);
        }
    }
}
