package lpm.systemtests.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import lpm.local.LocalCloud;
import lpm.systemtests.cloud.CloudExtension;
import lpm.systemtests.cloud.Tenant;
import lpm.systemtests.cloud.Witness;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Agents and services are told a wrong time of day: what follows from time (leases, silence, reminders) is counted and
 * not read off the wall, so that nothing runs twice and everything goes on. Skipped without libfaketime.
 */
@WhenAskedFor
@ExtendWith(CloudExtension.class)
class WrongClockTest {
    private static final Duration MUCH = Duration.ofMinutes(10);
    private static final Duration LITTLE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @BeforeAll
    static void needsLibfaketime() {
        assumeThat(WrongClock.library())
                .as("SKIPPED: libfaketime is not here; install the package faketime to see what wrong clocks do")
                .isPresent();
    }

    @Test
    void agentsWhoseClocksDifferDoTheirWorkAndADeadHostIsRecovered(Tenant tenant) {
        LocalCloud cloud = tenant.cloud();
        List<Duration> ahead = List.of(MUCH.negated(), LITTLE, LITTLE.negated());
        List<WrongClock> clocks = new ArrayList<>();
        try {
            for (int i = 0; i < cloud.hostIds().size(); i++) {
                String host = cloud.hostIds().get(i);
                clocks.add(WrongClock.of(cloud.agent(host), folder, ahead.get(i % ahead.size())));
            }
            long linode = tenant.createRunning("wrong-clocks");
            move(tenant, linode);
            move(tenant, linode);
            isRecovered(tenant, linode);
            tenant.delete(linode);
        } finally {
            clocks.forEach(WrongClock::close);
        }
    }

    /** An order to send says how long it counts: an agent that is further ahead refuses it, and the guest stays. */
    @Test
    void aHostWhoseClockIsFarAheadKeepsItsGuestUntilItIsMended(Tenant tenant) {
        long linode = tenant.createRunning("far-ahead");
        String host = tenant.host(linode);
        try (WrongClock _ = WrongClock.of(tenant.cloud().agent(host), folder, MUCH)) {
            tenant.retryBusy(() -> tenant.api().post(Tenant.INSTANCES + "/" + linode + "/migrate"));
            tenant.await("the migration ended", () -> allEnded(tenant, linode, 1), true);
            assertThat(tenant.migrations(linode).getFirst().path("status").asText())
                    .isEqualTo("aborted");
            assertThat(tenant.host(linode)).isEqualTo(host);
            runsOnce(tenant, linode);
        }
        move(tenant, linode);
        tenant.delete(linode);
    }

    @ParameterizedTest
    @ValueSource(strings = {"account", "scheduler", "storage"})
    void aServiceWhoseClockIsSetForthAndBackGoesOn(String service, Tenant tenant) {
        ToldTime time = new ToldTime(tenant);
        try (WrongClock clock = WrongClock.of(tenant.cloud().service(service), folder, LITTLE.negated())) {
            long linode = tenant.createRunning("set-clock-" + service);
            move(tenant, linode);
            clock.set(MUCH);
            time.await(service, linode, MUCH);
            move(tenant, linode);
            clock.set(MUCH.negated());
            time.await(service, linode, MUCH.negated());
            move(tenant, linode);
            isRecovered(tenant, linode);
            tenant.delete(linode);
        }
    }

    /** Its order to send counts for a minute of its own clock: far behind, none is in time, and guests stay. */
    @Test
    void aMigrationServiceFarBehindMovesNothingUntilItIsMended(Tenant tenant) {
        ToldTime time = new ToldTime(tenant);
        long linode = tenant.createRunning("migration-clock");
        try (WrongClock clock = WrongClock.of(tenant.cloud().service("migration"), folder, MUCH)) {
            move(tenant, linode);
            assertThat(time.ofNewestMigration(linode)).isCloseTo(Instant.now().plus(MUCH), within(MUCH.dividedBy(2)));
            String host = tenant.host(linode);
            int asked = tenant.migrations(linode).size() + 1;
            clock.set(MUCH.negated());
            tenant.retryBusy(() -> tenant.api().post(Tenant.INSTANCES + "/" + linode + "/migrate"));
            tenant.await("the migration ended", () -> allEnded(tenant, linode, asked), true);
            assertThat(time.ofNewestMigration(linode)).isCloseTo(Instant.now().minus(MUCH), within(MUCH.dividedBy(2)));
            assertThat(tenant.migrations(linode).getFirst().path("status").asText())
                    .isEqualTo("aborted");
            assertThat(tenant.host(linode)).isEqualTo(host);
            runsOnce(tenant, linode);
        }
        move(tenant, linode);
        tenant.delete(linode);
    }

    /** Asks again after a migration that was aborted, as one may be on a slow machine. */
    private static void move(Tenant tenant, long linode) {
        String before = tenant.hostUuid(linode);
        int[] asked = {tenant.migrations(linode).size()};
        tenant.await(
                "the Linode elsewhere",
                () -> {
                    boolean elsewhere = !tenant.hostUuid(linode).equals(before);
                    if (!elsewhere && allEnded(tenant, linode, asked[0])) {
                        tenant.retryBusy(() -> tenant.api().post(Tenant.INSTANCES + "/" + linode + "/migrate"));
                        asked[0]++;
                    }
                    return elsewhere;
                },
                true);
        tenant.awaitStatus(linode, "running");
        runsOnce(tenant, linode);
    }

    private static boolean allEnded(Tenant tenant, long linode, int asked) {
        List<JsonNode> all = tenant.migrations(linode);
        return all.size() == asked
                && all.stream().allMatch(each -> List.of("completed", "aborted")
                        .contains(each.path("status").asText()));
    }

    /** Its host loses its power: it is fenced, by the pool's word, and the Linode runs elsewhere. */
    private static void isRecovered(Tenant tenant, long linode) {
        String host = tenant.host(linode);
        Witness witness = Witness.of(tenant.cloud());
        witness.powerOff(host);
        tenant.await("the Linode elsewhere", () -> tenant.host(linode).equals(host), false);
        tenant.awaitStatus(linode, "running");
        witness.powerOn(host);
        tenant.awaitHost(host, "active");
        runsOnce(tenant, linode);
    }

    private static void runsOnce(Tenant tenant, long linode) {
        assertThat(Witness.of(tenant.cloud()).doubles()).isEmpty();
        assertThat(Witness.of(tenant.cloud()).hostsRunning(linode)).containsExactly(tenant.host(linode));
    }
}
