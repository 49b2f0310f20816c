package lpm.xenlab.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lpm.cli.ApiFailure;
import lpm.local.Waiting;

/** One migration of a guest, followed through the API and the witnesses. */
final class Move {
    /** Emulated hosts are slow, and others may use the machine: long, since only progress is asked for. */
    static final Duration LIMIT = Duration.ofMinutes(4);

    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration MEASURED_LIMIT = Duration.ofSeconds(20);
    private static final List<String> ENDS = List.of("completed", "aborted", "lost");

    private final Stage stage;
    private final Guest guest;
    private final long id;
    private final String source;
    private final String target;
    private final long askedNanos;

    Move(Stage stage, Guest guest, long id, String source, String target, long askedNanos) {
        this.stage = stage;
        this.guest = guest;
        this.id = id;
        this.source = source;
        this.target = target;
        this.askedNanos = askedNanos;
    }

    Guest guest() {
        return guest;
    }

    long id() {
        return id;
    }

    String source() {
        return source;
    }

    String target() {
        return target;
    }

    JsonNode now() {
        return stage.operator().get("/ops/v1/migrations/" + id);
    }

    String status() {
        try {
            return now().path("status").asText();
        } catch (ApiFailure e) {
            if (e.status() == Stage.NOT_FOUND) {
                return "not begun";
            }
            throw e;
        }
    }

    List<JsonNode> events() {
        return stage.events("migration/" + id);
    }

    /** The time of the first such event. */
    Optional<Instant> when(String type) {
        return Stage.when(events(), "migration." + type);
    }

    void awaitEvent(String type) {
        Waiting.until("migration." + type + " of migration " + id, LIMIT, PAUSE, () -> {
            if (when(type).isPresent()) {
                return Waiting.Look.ready(true);
            }
            Failed.unless(!ENDS.contains(status()), type + " of migration " + id, "that it is " + status());
            return Waiting.Look.notYet(status());
        });
    }

    /** Memory is on its way, and the guest still runs at the source. */
    void awaitMidCopy() {
        awaitEvent("CopyStarted");
        Waiting.until(
                "a copy at host " + target,
                LIMIT,
                PAUSE,
                () -> stage.witness().flags(target, guest.name()).isPresent()
                        ? Waiting.Look.ready(true)
                        : Waiting.Look.notYet("migration " + status()));
    }

    /** The guest stands still at the source; told by the witness, since every event comes later. */
    void awaitSwitch() {
        Waiting.until("linode suspended at host " + source, LIMIT, Duration.ofMillis(5), () -> {
            String flags = stage.witness().flags(source, guest.name()).orElse(WatchLine.GONE);
            return flags.contains("s") || flags.equals(WatchLine.GONE)
                    ? Waiting.Look.ready(true)
                    : Waiting.Look.notYet(flags);
        });
    }

    /** Waits for the end, whichever. */
    String awaitEnd() {
        return Waiting.until("the end of migration " + id, LIMIT, PAUSE, () -> {
            String status = status();
            return ENDS.contains(status) ? Waiting.Look.ready(status) : Waiting.Look.notYet(status);
        });
    }

    /** The end must be this one; afterwards the guest runs where that says. */
    void mustEnd(String status) {
        String found = awaitEnd();
        Failed.unless(
                found.equals(status),
                "migration " + id + " " + status,
                found + " because " + now().path("reason").asText());
    }

    void mustComplete() {
        mustEnd("completed");
        guest.mustRunOn(target);
    }

    void mustAbort() {
        mustEnd("aborted");
        guest.mustRunOn(source);
    }

    /** Either end is right as long as the guest runs where the end says. */
    String mustEndWell() {
        String end = awaitEnd();
        Failed.unless(
                !end.equals("lost"), "migration " + id + " completed or aborted", end + ": " + now().path("reason"));
        guest.mustRunOn(end.equals("completed") ? target : source);
        return end;
    }

    /** The figures beside each other; what could not be measured is a question mark. */
    String figures() {
        JsonNode now = measured();
        return "total " + millis(now, "total_millis") + ", pause " + millis(now, "guest_pause_millis")
                + " (API, ping), " + guest.silence(askedNanos).toMillis() + " (ticks), " + standstillMillis()
                + " (witness), " + millis(now, "hypervisor_pause_millis") + " (hypervisor), "
                + millis(now, "predicted_pause_millis") + " (predicted) ms";
    }

    /** As soon as the guest's pause is known, or when it will not be any more. */
    JsonNode measured() {
        long end = System.nanoTime() + MEASURED_LIMIT.toNanos();
        JsonNode row = now();
        while (!row.path("guest_pause_millis").isNumber() && System.nanoTime() < end) {
            Waiting.nap(PAUSE);
            row = now();
        }
        return row;
    }

    private static String millis(JsonNode row, String field) {
        return row.path(field).isNumber() ? row.path(field).asText() : "?";
    }

    /** The time in which no copy could run, by the witness. */
    long standstillMillis() {
        List<Span> spans = stage.witness().spans(guest.name(), askedNanos);
        long longest = 0;
        for (int i = 1; i < spans.size(); i++) {
            longest = Math.max(
                    longest, spans.get(i).fromNanos() - spans.get(i - 1).toNanos());
        }
        return Duration.ofNanos(longest).toMillis();
    }
}
