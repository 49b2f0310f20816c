package lpm.xenlab.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import lpm.cli.Api;
import lpm.cli.ApiFailure;
import lpm.local.Child;
import lpm.local.Progress;
import lpm.local.Waiting;
import lpm.xenlab.CephCluster;
import lpm.xenlab.GuestWitness;
import lpm.xenlab.LabCustomer;
import lpm.xenlab.XenCloud;
import lpm.xenlab.XenHost;
import lpm.xenlab.XenLab;

/** What a scenario plays on: the cloud, its witnesses, and what was begun on it. */
final class Stage implements AutoCloseable {
    static final int NOT_FOUND = 404;
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final XenCloud cloud;
    private final Progress progress;
    private final Api customer;
    private final Api operator;
    private final GuestWitness guests;
    private final DoubleRunWitness witness;
    private final List<Guest> made = new ArrayList<>();
    private final List<Move> moves = new ArrayList<>();
    private long begunNanos = System.nanoTime();
    private String scenario = "";

    Stage(XenCloud cloud, Progress progress) {
        this.cloud = cloud;
        this.progress = progress;
        this.customer = cloud.platform().customer();
        this.operator = cloud.platform().operator();
        this.guests = new GuestWitness(cloud.lab().namespace());
        this.witness = new DoubleRunWitness(cloud.lab().hosts());
    }

    void begin(String name) {
        scenario = name;
        begunNanos = System.nanoTime();
        made.clear();
        moves.clear();
    }

    /** Tells how far a long scenario is. */
    void say(String format, Object... arguments) {
        progress.say("  " + format, arguments);
    }

    long begunNanos() {
        return begunNanos;
    }

    XenCloud cloud() {
        return cloud;
    }

    XenLab lab() {
        return cloud.lab();
    }

    CephCluster ceph() {
        return cloud.lab().ceph();
    }

    Api customer() {
        return customer;
    }

    Api operator() {
        return operator;
    }

    GuestWitness guests() {
        return guests;
    }

    DoubleRunWitness witness() {
        return witness;
    }

    XenHost host(String name) {
        return cloud.lab().host(name);
    }

    Child agent(String host) {
        return cloud.platform().agent(host);
    }

    /** The host that is not this one. */
    String other(String host) {
        return cloud.platform().hostIds().stream()
                .filter(each -> !each.equals(host))
                .findFirst()
                .orElseThrow();
    }

    List<Guest> made() {
        return List.copyOf(made);
    }

    List<Move> moves() {
        return List.copyOf(moves);
    }

    void note(Move move) {
        moves.add(move);
    }

    /** A new Linode that runs and writes. */
    Guest guest() {
        return ordered().awaitRunning();
    }

    /** A new Linode that does not run yet. */
    Guest ordered() {
        return ordered("lab-128");
    }

    Guest ordered(String type) {
        return ordered(LabCustomer.order(type));
    }

    /** A new Linode of this order, named after the scenario. */
    Guest ordered(ObjectNode order) {
        Guest guest = Guest.order(this, order.put("label", scenario + "-" + (made.size() + 1)));
        made.add(guest);
        return guest;
    }

    List<JsonNode> events(String stream) {
        try {
            return operator.list("/ops/v1/streams/" + stream + "/events");
        } catch (ApiFailure e) {
            if (e.status() == NOT_FOUND) {
                return List.of();
            }
            throw e;
        }
    }

    /** Of the last such event. */
    static Optional<Instant> when(List<JsonNode> events, String type) {
        return events.stream()
                .filter(event -> event.path("type").asText().equals(type))
                .reduce((_, later) -> later)
                .map(event -> Instant.parse(event.path("occurred_at").asText()));
    }

    /** The last such event after that time; waits for it. */
    Instant awaitEvent(String stream, String type, Instant after, Duration limit) {
        return Waiting.until(type + " of " + stream, limit, PAUSE, () -> when(events(stream), type)
                .filter(when -> when.isAfter(after))
                .map(Waiting.Look::ready)
                .orElseGet(() -> Waiting.Look.notYet("none after " + after)));
    }

    /** What is asked of a service that may be busy. */
    <T> T calm(Supplier<T> ask) {
        for (int i = 0; ; i++) {
            try {
                return ask.get();
            } catch (ApiFailure e) {
                if (i >= 20 || !e.isUnknown()) {
                    throw e;
                }
                Waiting.nap(PAUSE);
            }
        }
    }

    String hostState(String host) {
        return operator.get("/ops/v1/hosts/" + host).path("state").asText();
    }

    void awaitHostState(String host, String state, Duration limit) {
        Waiting.until("host " + host + " " + state, limit, PAUSE, () -> {
            String found = calm(() -> hostState(host));
            return found.equals(state) ? Waiting.Look.ready(true) : Waiting.Look.notYet(found);
        });
    }

    @Override
    public void close() {
        guests.close();
        witness.close();
    }
}
