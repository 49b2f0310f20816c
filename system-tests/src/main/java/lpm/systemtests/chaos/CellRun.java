package lpm.systemtests.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import lpm.cli.ApiFailure;
import lpm.hostagent.hypervisor.PortUnreachable;
import lpm.local.LocalFailure;
import lpm.local.Waiting;
import lpm.systemtests.cloud.Tenant;

/** Runs one cell: migrate, break at the phase, make whole, and look whether everything is as it must be. */
final class CellRun {
    private static final int MEMORY_MIB = 1024;

    private final Playground ground;
    private final Cell cell;
    private final long linode;
    private final Duration fault;
    private final List<String> wrong = new ArrayList<>();
    private final List<Register> registers;
    private String ended = "";
    private boolean hit;
    private Instant struckAt = Instant.now();
    private Instant seenAt = struckAt;

    /** @param fault how long a component stands still or is cut off */
    CellRun(Playground ground, Cell cell, long linode, long volume, Duration fault) {
        this.ground = ground;
        this.cell = cell;
        this.linode = linode;
        this.fault = fault;
        Client client = new Client(ground.tenant());
        String prefix = "cell-" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
        this.registers = List.of(
                Register.at(client, Tenant.INSTANCES + "/" + linode, "label", prefix),
                Register.at(client, "/v4/volumes/" + volume, "label", prefix),
                Register.at(client, "/v4/account", "company", prefix));
    }

    Verdict run() {
        try {
            Attempt attempt = migrateAndBreak();
            awaitRight();
            // only now: who was broken may be one of those that tell
            hit = attempt.wasIn(ground, cell.phase(), struckAt, seenAt);
            migrateAgain();
        } catch (LocalFailure e) {
            wrong.add(e.sentence());
        } catch (ApiFailure | PortUnreachable e) {
            wrong.add(String.valueOf(e.getMessage()));
        } finally {
            registers.forEach(Register::close);
        }
        double seconds = Duration.between(struckAt, Instant.now()).toMillis() / 1000.0;
        int writes = registers.stream().mapToInt(Register::acknowledged).sum();
        Verdict.Result result =
                !wrong.isEmpty() ? Verdict.Result.failed : hit ? Verdict.Result.passed : Verdict.Result.missed;
        return new Verdict(cell, result, 1, ended, seconds, writes, wrong);
    }

    private Attempt migrateAndBreak() {
        Hold hold = new Hold(ground, cell.phase());
        Attempt attempt = hold.begin(linode);
        Injury injury = new Injury(ground, cell, attempt.source(), attempt.target());
        try {
            hold.reach(attempt);
            Instant before = Instant.now();
            injury.strike();
            struckAt = Instant.now();
            seenAt = injury.stopsTheGuest() ? before : struckAt;
            hold.releaseBut(attempt, injury);
            Waiting.nap(injury.lasts(fault));
        } finally {
            injury.relieve();
            hold.release(attempt);
        }
        ended = attempt.end(ground);
        injury.end();
        if (ended.equals("lost") && !cell.component().isHost()) {
            wrong.add("the migration is lost, but no host died");
        }
        return attempt;
    }

    private void awaitRight() {
        ground.awaitAllReady();
        Tenant tenant = ground.tenant();
        ground.cloud()
                .hostIds()
                .forEach(host -> Playground.await(
                        "host " + host, () -> host(host).path("state").asText(), "active"));
        Playground.await("Linode " + linode, () -> tenant.status(linode), "running");
        Playground.await(
                "one copy, where the platform says:",
                () -> ground.witness().hostsRunning(linode).equals(List.of(tenant.host(linode))),
                true);
        ground.cloud().hostIds().forEach(this::awaitCapacity);
        registers.forEach(Register::close);
        registers.forEach(each -> wrong.addAll(each.wrongNow(tenant.api())));
        noDoubles();
    }

    private JsonNode host(String id) {
        return ground.tenant().operator().get("/ops/v1/hosts/" + id);
    }

    /** A host holds what its Linodes need, and nothing for those that are not there. */
    private void awaitCapacity(String id) {
        Playground.await(
                "host " + id + " holding as much as its Linodes need:",
                () -> {
                    JsonNode host = host(id);
                    long there = ground.tenant().api().list(Tenant.INSTANCES).stream()
                            .filter(each -> each.path("host_uuid")
                                    .asText()
                                    .equals(host.path("host_uuid").asText()))
                            .count();
                    return host.path("linodes").asLong() == there
                            && host.path("committed").path("memory_mib").asLong() == there * MEMORY_MIB;
                },
                true);
    }

    private void migrateAgain() {
        String again = Attempt.begin(ground, linode).end(ground);
        if (!again.equals("completed")) {
            wrong.add("the next migration is " + again);
        }
        Playground.await("Linode " + linode, () -> ground.tenant().status(linode), "running");
        noDoubles();
    }

    private void noDoubles() {
        if (!ground.witness().doubles().isEmpty()) {
            wrong.add("ran twice at once: " + ground.witness().doubles());
        }
    }
}
