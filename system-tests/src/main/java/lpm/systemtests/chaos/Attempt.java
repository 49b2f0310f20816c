package lpm.systemtests.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import lpm.contracts.LinodeId;
import lpm.hostagent.simulated.Run;
import lpm.local.Waiting;
import lpm.systemtests.cloud.Tenant;

/** One live migration of one Linode, ordered by the API and watched while it goes. */
record Attempt(long id, long linode, String source, String target) {
    private static final Set<String> ENDS = Set.of("completed", "aborted", "lost");
    private static final Duration LOOK = Duration.ofMillis(2);

    /** Orders a migration; comes back when it has begun. */
    static Attempt begin(Playground ground, long linode) {
        int from = ground.watch().count();
        Tenant tenant = ground.tenant();
        tenant.retryBusy(() -> tenant.api().post(Tenant.INSTANCES + "/" + linode + "/migrate"));
        MigrationWatch.Told started = told(ground, linode, Cell.Phase.preparing.opening(), from);
        return new Attempt(
                started.migration(),
                linode,
                started.data().path("source").path("host").asText(),
                started.data().path("target").path("host").asText());
    }

    private static MigrationWatch.Told told(Playground ground, long linode, String type, int from) {
        return Waiting.until(type + " of Linode " + linode, Playground.LIMIT, LOOK, () -> ground.watch()
                .find(type, linode, from)
                .map(Waiting.Look::ready)
                .orElseGet(() -> Waiting.Look.notYet("")));
    }

    /** Waits until it has reached a phase, or has ended without. */
    void await(Playground ground, Cell.Phase phase) {
        Waiting.until(Cell.label(phase), Playground.LIMIT, LOOK, () -> {
            boolean there = phase == Cell.Phase.switching ? standsStill(ground) : told(ground, phase.opening());
            boolean over =
                    Stream.of("MigrationAborted", "MigrationLost").anyMatch(each -> told(ground, "migration." + each));
            return there || over ? Waiting.Look.ready(true) : Waiting.Look.notYet("");
        });
    }

    /** Waits until the target's devices are connected, which comes shortly before it is invited. */
    void awaitPrepared(Playground ground) {
        Waiting.until(
                "the move prepared",
                Playground.LIMIT,
                LOOK,
                () -> told(ground, "storage.MovePrepared") ? Waiting.Look.ready(true) : Waiting.Look.notYet(""));
    }

    private boolean told(Playground ground, String type) {
        return ground.watch().has(type, id);
    }

    private boolean standsStill(Playground ground) {
        return ground.control().figures().stream()
                        .anyMatch(host -> host.sending().contains(new LinodeId(linode)))
                && ground.control().figures().stream()
                        .noneMatch(host -> host.running().contains(new LinodeId(linode)));
    }

    /** Waits for its end: completed, aborted or lost. */
    String end(Playground ground) {
        Playground.await("the migration over", () -> ENDS.contains(status(ground)), true);
        return status(ground);
    }

    private String status(Playground ground) {
        return ground.tenant()
                .operator()
                .get("/ops/v1/migrations/" + id)
                .path("status")
                .asText();
    }

    /**
     * Whether it was in this phase at that moment, by its events, and by the hypervisor's witness, whom a fault that
     * stops the guest leaves only the moment before.
     */
    boolean wasIn(Playground ground, Cell.Phase phase, Instant moment, Instant witnessed) {
        List<JsonNode> events = Stream.concat(
                        ground.tenant().events("migration/" + id).stream(),
                        ground.tenant().events("move/" + id).stream())
                .filter(each ->
                        !Instant.parse(each.path("occurred_at").asText()).isAfter(moment))
                .toList();
        boolean inWindow = has(events, phase.opening()) && !has(events, phase.closing());
        return switch (phase) {
            case copying -> inWindow && ranAt(ground, witnessed);
            case switching -> inWindow && !ranAt(ground, witnessed);
            default -> inWindow;
        };
    }

    private static boolean has(List<JsonNode> events, String type) {
        return events.stream().anyMatch(each -> each.path("type").asText().equals(type));
    }

    private boolean ranAt(Playground ground, Instant moment) {
        return ground.control().runs().stream()
                .filter(each -> each.linode().equals(new LinodeId(linode)))
                .anyMatch(each -> covers(each, moment));
    }

    private static boolean covers(Run run, Instant moment) {
        return !run.from().isAfter(moment)
                && run.until().map(end -> end.isAfter(moment)).orElse(true);
    }
}
