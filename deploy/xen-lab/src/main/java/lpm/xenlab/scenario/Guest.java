package lpm.xenlab.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import lpm.cli.Answer;
import lpm.cli.Api;
import lpm.local.LocalFailure;
import lpm.local.Waiting;
import lpm.xenlab.GuestWitness.Heard;
import lpm.xenlab.XenHost;

/** A Linode of a scenario and the guest in it. */
final class Guest {
    static final String INSTANCES = "/v4/linode/instances";
    static final Duration LIMIT = Duration.ofMinutes(4);

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration ORDER_AGAIN = Duration.ofSeconds(15);
    private static final Duration DOM0 = Duration.ofSeconds(40);
    private static final String DISK = "xvda";
    private static final int ENOUGH_WRITES = 5;
    /** A busy machine makes pauses long, and hosts that learn from them foresee long ones. */
    private static final long MAX_PAUSE_MILLIS = 120_000;

    private final Stage stage;
    private final long id;
    private final String address;

    private Guest(Stage stage, long id, String address) {
        this.stage = stage;
        this.id = id;
        this.address = address;
    }

    static Guest order(Stage stage, ObjectNode order) {
        Answer answer = stage.customer().post(INSTANCES, order);
        return new Guest(stage, answer.id(), answer.body().path("ipv4").path(0).asText());
    }

    long id() {
        return id;
    }

    String name() {
        return "linode-" + id;
    }

    String address() {
        return address;
    }

    String status() {
        return stage.customer().get(INSTANCES + "/" + id).path("status").asText();
    }

    String host() {
        return stage.operator().get("/ops/v1/linodes/" + id).path("host").asText("");
    }

    List<JsonNode> events() {
        return stage.events("linode/" + id);
    }

    /** Status running, and writes are acknowledged that were begun after now. */
    Guest awaitRunning() {
        awaitStatus("running");
        awaitWrites();
        return this;
    }

    void awaitStatus(String wanted) {
        Waiting.until("Linode " + id + " " + wanted, LIMIT, PAUSE, () -> {
            String found = stage.calm(this::status);
            return found.equals(wanted) ? Waiting.Look.ready(true) : Waiting.Look.notYet(found);
        });
    }

    /** The guest does what it is for. */
    void awaitWrites() {
        long since = System.nanoTime();
        long before = acknowledged();
        stage.guests()
                .await(
                        "writes of " + name(),
                        since,
                        LIMIT,
                        heard -> isAck(heard) && (heard.number(1) >= before + ENOUGH_WRITES || before == 0));
    }

    private boolean isAck(Heard heard) {
        return heard.address().equals(address)
                && heard.kind().equals("ACK")
                && heard.words().getFirst().equals(DISK);
    }

    /** The last write that it said was on the disk. */
    long acknowledged() {
        return stage.guests().acknowledged(address, DISK);
    }

    Duration silence(long sinceNanos) {
        return stage.guests().longestSilence(address, sinceNanos);
    }

    void mustRunOn(String host) {
        Waiting.until("Linode " + id + " running on host " + host, LIMIT, PAUSE, () -> {
            String found = stage.calm(() -> status() + " on " + host());
            return found.equals("running on " + host) ? Waiting.Look.ready(true) : Waiting.Look.notYet(found);
        });
        awaitWrites();
    }

    /** Has it move; the operator's call names the host. */
    Move migrateTo(String target) {
        String source = host();
        long asked = System.nanoTime();
        long migration = stage.operator()
                .post(
                        "/ops/v1/linodes/" + id + "/migrate",
                        Api.object().put("target_host", target).put("max_pause_millis", MAX_PAUSE_MILLIS))
                .body()
                .path("migration")
                .asLong();
        Move move = new Move(stage, this, migration, source, target, asked);
        stage.note(move);
        return move;
    }

    Move migrate() {
        return migrateTo(stage.other(host()));
    }

    /** Every write that was acknowledged is on the disk, and nothing before it is missing. */
    void mustHaveAllWrites() {
        long since = System.nanoTime();
        long acknowledged = acknowledged();
        Heard found = Waiting.until(name() + " to read its disk back", LIMIT, ORDER_AGAIN, () -> verify(since));
        Failed.unless(
                found.number(1) >= acknowledged && found.number(2) == 0,
                "all writes up to " + acknowledged + " on " + DISK + " of " + name(),
                "the last one " + found.number(1) + " and " + found.number(2) + " gaps");
    }

    private Waiting.Look<Heard> verify(long since) {
        stage.guests().order(address, "verify");
        try {
            return Waiting.Look.ready(
                    stage.guests().await("what is on the disk", since, ORDER_AGAIN, heard -> isFound(heard)));
        } catch (LocalFailure lost) {
            return Waiting.Look.notYet("no answer to the order to verify; it may be lost on its way");
        }
    }

    private boolean isFound(Heard heard) {
        return heard.address().equals(address)
                && heard.kind().equals("FOUND")
                && heard.words().getFirst().equals(DISK);
    }

    /** What a start after that time found on the disk. */
    Heard foundAfter(long sinceNanos) {
        return stage.guests().await("what " + name() + " finds on its disk", sinceNanos, LIMIT, this::isFound);
    }

    /** The guest saw a disk of that size. */
    void awaitSize(String disk, long bytes) {
        stage.guests()
                .await(
                        disk + " of " + bytes + " bytes in " + name(),
                        stage.begunNanos(),
                        LIMIT,
                        heard -> heard.address().equals(address)
                                && heard.kind().equals("SIZE")
                                && heard.words().equals(List.of(disk, Long.toString(bytes))));
    }

    /** From the consoles of hosts that were up all the time since its last start. */
    ConsoleTicks mustHaveAllTicks() {
        List<String> logs = stage.lab().hosts().stream().map(this::consoleTicks).toList();
        Optional<ConsoleTicks> ticks = ConsoleTicks.of(logs);
        long moves =
                stage.moves().stream().filter(move -> move.guest().equals(this)).count();
        Failed.unless(ticks.isPresent() && ticks.get().whole(moves), "every tick on the console of " + name(), ticks);
        return ticks.get();
    }

    private String consoleTicks(XenHost host) {
        return host.dom0(DOM0, "grep -a TICK /var/log/xen/console/guest-" + name() + ".log 2>/dev/null || true");
    }
}
