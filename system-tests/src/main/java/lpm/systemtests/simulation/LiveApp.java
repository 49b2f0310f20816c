package lpm.systemtests.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import lpm.contracts.Actor;
import lpm.contracts.Cause;
import lpm.contracts.Command;
import lpm.contracts.Envelope;
import lpm.contracts.Event;
import lpm.contracts.Topics;
import lpm.platform.App;
import lpm.platform.Commands;
import lpm.platform.Feature;
import lpm.platform.Request;
import lpm.platform.Rows;
import lpm.platform.Watcher;
import lpm.platform.kafka.Following;

/** The process of one service: what is lost when it dies. Its loops are those of the platform, step by step. */
final class LiveApp implements Commands {
    private static final Duration STEP = Duration.ofMillis(1);
    private static final int RELAY_BATCH = 8;

    private final App app;
    private final Store store;
    private final SimulatedApp.Around around;
    private final Timeline timeline;
    private final Deciding deciding;
    /** Positions whose transactions others cannot see yet, and until when. */
    private final TreeMap<Integer, Instant> open = new TreeMap<>();

    private boolean alive = true;
    private boolean relaying;
    private int told;
    private boolean publishedButNotMoved;
    private Instant duePlanned = Instant.MAX;

    LiveApp(App app, Store store, SimulatedApp.Around around) {
        this.app = app;
        this.store = store;
        this.around = around;
        this.timeline = around.timeline();
        this.deciding = new Deciding(app, store, timeline);
        this.told = store.log().size();
        app.watchers().forEach(this::watch);
        wakeRelay();
        planDue();
    }

    /** Dies between two steps. */
    void kill() {
        alive = false;
        Tally tally = around.tally();
        if (publishedButNotMoved) {
            tally.hit(Tally.CRASH_IN_RELAY);
        } else if (store.relayed() < store.log().size()) {
            tally.hit(Tally.CRASH_BEFORE_RELAY);
        }
        if (store.due().stream().anyMatch(Store.Due::reminder)) {
            tally.hit(Tally.CRASH_WITH_REMINDERS);
        }
    }

    App app() {
        return app;
    }

    @Override
    public Outcome send(Request request, List<? extends Command> unit, Consumer<Rows> beside) {
        while (true) {
            Optional<Outcome> outcome =
                    store.transact(around.weather().conflicts(), () -> deciding.decide(request, unit, beside));
            wakeRelay();
            if (outcome.isPresent()) {
                return outcome.get();
            }
        }
    }

    private void later(Duration wait, Runnable what) {
        timeline.after(wait, () -> {
            if (alive) {
                what.run();
            }
        });
    }

    // --- relay ----------------------------------------------------------------------------------------------------

    private void wakeRelay() {
        tellFacts();
        if (!relaying && store.relayed() < relayTo()) {
            relaying = true;
            int from = store.relayed();
            if (around.keeping().positionFirst()) {
                store.relayedTo(relayTo());
            }
            later(STEP, () -> relay(from));
        }
    }

    private void tellFacts() {
        int end = store.log().size();
        Duration openFor = told < end ? around.weather().openFor() : Duration.ZERO;
        while (told < end) {
            if (openFor.isPositive()) {
                open.put(told, timeline.now().plus(openFor));
                later(openFor, this::wakeRelay);
            }
            around.facts().accept(store.log().get(told++));
        }
    }

    private int relayTo() {
        open.values().removeIf(until -> !until.isAfter(timeline.now()));
        int end = store.log().size();
        return around.keeping().relayTo(open.isEmpty() ? end : open.firstKey(), end);
    }

    private void relay(int from) {
        int to = Math.min(relayTo(), from + 1 + timeline.random().nextInt(RELAY_BATCH));
        List<Store.Due> own = new ArrayList<>();
        publish(from, to, own);
        publishedButNotMoved = true;
        later(STEP, () -> moveRelay(to, own));
    }

    private void publish(int from, int to, List<Store.Due> own) {
        for (int position = from; position < to; position++) {
            if (open.containsKey(position)) {
                continue;
            }
            Envelope<?> event = store.log().get(position);
            around.bus().publish(Topics.events(app.name()), event);
            Following following = Following.of(app, event).sealed(app.sealing(), store.rows());
            following.orders().forEach(each -> around.bus().publish(each.topic(), each.envelope()));
            for (Following.Own each : following.own()) {
                own.add(new Store.Due(new Store.DueKey(position, each.index()), event.aggregateId(), each));
            }
        }
    }

    private void moveRelay(int to, List<Store.Due> own) {
        store.relayedTo(to);
        own.forEach(store::add);
        publishedButNotMoved = false;
        relaying = false;
        wakeRelay();
        planDue();
    }

    /** Publishes events again, without their reactions: what is done when topics were lost. */
    void republish(int last) {
        int to = store.relayed();
        for (int position = Math.max(0, to - last); position < to; position++) {
            around.bus().publish(Topics.events(app.name()), store.log().get(position));
            around.tally().hit(Tally.REPUBLISHED);
        }
    }

    // --- own commands ---------------------------------------------------------------------------------------------

    private void planDue() {
        store.due().stream()
                .map(each -> each.own().at())
                .min(Instant::compareTo)
                .ifPresent(at -> {
                    if (at.isBefore(duePlanned)) {
                        duePlanned = at;
                        timeline.at(at, () -> {
                            if (alive && duePlanned.equals(at)) {
                                duePlanned = Instant.MAX;
                                decideDue();
                            }
                        });
                    }
                });
    }

    /** One of those whose turn it is: per source the oldest, and any reminder. */
    private void decideDue() {
        Map<String, Store.Due> heads = new LinkedHashMap<>();
        for (Store.Due each : store.due()) {
            if (!each.own().at().isAfter(timeline.now())) {
                heads.putIfAbsent(each.reminder() ? each.key().toString() : each.source(), each);
            }
        }
        if (!heads.isEmpty()) {
            List<Store.Due> choice = List.copyOf(heads.values());
            Store.Due next = choice.get(timeline.random().nextInt(choice.size()));
            store.transact(around.weather().conflicts(), () -> {
                store.done(next);
                return deciding.decide(
                        at(next.own().request()), List.of(next.own().command()));
            });
            wakeRelay();
        }
        planDue();
    }

    private Request at(Request asked) {
        return new Request(
                asked.commandId(),
                asked.correlationId(),
                asked.causationId(),
                asked.actor(),
                asked.reason(),
                timeline.now());
    }

    // --- inbox ----------------------------------------------------------------------------------------------------

    /** Takes one record in one transaction; false when another writer was in the way. */
    boolean take(Lane lane, int offset, Envelope<?> message) {
        boolean done = store.transact(around.weather().conflicts(), () -> moved(lane, offset) && takeNew(lane, message))
                .isPresent();
        wakeRelay();
        return done;
    }

    /** Moves beyond a record; false if that was done before. */
    private boolean moved(Lane lane, int offset) {
        if (offset < store.position(lane)) {
            around.tally().hit(Tally.IGNORED);
            return false;
        }
        store.moveTo(lane, offset + 1);
        return true;
    }

    private boolean takeNew(Lane lane, Envelope<?> message) {
        boolean fresh = isNew(lane.topic(), message);
        if (fresh) {
            act(message);
        }
        return fresh;
    }

    private boolean isNew(String topic, Envelope<?> message) {
        Cause cause = message.cause();
        String stream =
                topic + " " + (cause == null ? message.aggregateId() : cause.stream() + " > " + message.aggregateId());
        long number = cause == null ? Optional.ofNullable(message.sequence()).orElseThrow() : cause.number();
        long last = store.lastHeard(stream);
        if (around.keeping().isDuplicate(number, last)) {
            around.tally().hit(Tally.IGNORED);
            return false;
        }
        if (cause == null && number > last + 1) {
            throw new IllegalStateException(
                    app.name() + " missed events of " + stream + " between " + last + " and " + number);
        }
        store.hear(stream, number);
        return true;
    }

    private void act(Envelope<?> message) {
        if (message.notAfter() != null && timeline.now().isAfter(message.notAfter())) {
            around.tally().hit(Tally.EXPIRED);
            return;
        }
        app.known().forEach(each -> each.note(message, store.rows()));
        for (Feature<?, ?, ?> feature : app.features()) {
            for (Command command : feature.inbox().translate(message)) {
                deciding.decide(caused(message), List.of(command));
            }
        }
    }

    private Request caused(Envelope<?> message) {
        UUID id = message.data() instanceof Event ? timeline.newId() : message.id();
        return new Request(
                id, message.correlationId(), message.id(), message.actor(), message.reason(), timeline.now());
    }

    // --- soft state -----------------------------------------------------------------------------------------------

    void hear(Envelope<?> telemetry) {
        app.watchers().forEach(each -> each.hear(telemetry));
    }

    private void watch(Watcher watcher) {
        later(watcher.interval(), () -> {
            for (Command command : new LinkedHashSet<>(watcher.look(timeline.now(), store.rows()))) {
                UUID id = timeline.newId();
                send(new Request(id, id, null, Actor.service(app.name()), null, timeline.now()), List.of(command));
            }
            watch(watcher);
        });
    }
}
