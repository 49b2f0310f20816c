package lpm.systemtests.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lpm.cli.Api;
import lpm.hostagent.lease.HostLease;
import lpm.local.Child;
import lpm.local.LocalCloud;
import lpm.systemtests.chaos.Client.Answer;
import lpm.systemtests.cloud.CloudExtension;
import lpm.systemtests.cloud.Tenant;
import lpm.systemtests.cloud.Witness;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The disk of PostgreSQL, of Kafka, of an agent's journal is full or fails for a while: what cannot be kept is not
 * acknowledged, nobody acts on what he cannot note down, and everything goes on once it can be written.
 */
@WhenAskedFor
@ExtendWith(CloudExtension.class)
class BadDiskTest {
    private static final int SPARE_MIB = 24;
    private static final int MOST_ORDERS = 20;
    private static final String SPOILT = "only keeps the lease";

    private static final Duration KAFKA_LIMIT = Duration.ofMinutes(3);
    /** The watchdog would have stopped a host's guests by then. */
    private static final Duration LONG = HostLease.WATCHDOG.plusSeconds(8);

    @ParameterizedTest
    @EnumSource
    void anAgentThatCannotWriteKeepsItsGuestsAndDoesNothingElse(DiskTrouble trouble, Tenant tenant) {
        List<Long> linodes =
                IntStream.range(0, 4).mapToObj(i -> tenant.create("disk-" + i)).toList();
        linodes.forEach(each -> tenant.awaitStatus(each, "running"));
        String host = twoOn(tenant, linodes);
        List<Long> here =
                linodes.stream().filter(each -> tenant.host(each).equals(host)).toList();
        Child agent = tenant.cloud().agent(host);
        long fences = fences(tenant);
        onBadDisk(trouble, agent, 1, disk -> {
            agent.awaitReady(Tenant.LIMIT);
            long before = complaints(agent);
            disk.spoil();
            String last = orderUntilSpoilt(tenant, here.getFirst(), () -> complaints(agent) > before);
            order(tenant, here.get(1), "shutdown");
            assumeThat(fences(tenant))
                    .as("SKIPPED: this machine is so slow that the host was fenced before its agent was up again")
                    .isEqualTo(fences);
            Awaitility.await().during(LONG).atMost(LONG.multipliedBy(4)).until(() -> Witness.of(tenant.cloud())
                    .hostsRunning(here.get(1))
                    .equals(List.of(host)));
            assertThat(agent.ready()).isFalse();

            disk.mend();
            agent.awaitReady(Tenant.LIMIT);
            tenant.awaitStatus(here.getFirst(), last);
            tenant.awaitStatus(here.get(1), "offline");
        });
        nothingWentWrong(tenant, fences);
        linodes.forEach(tenant::delete);
    }

    /** Runs a part on such a disk for a while. */
    private static void onBadDisk(DiskTrouble trouble, Child part, int spareMib, Consumer<BadDisk> test) {
        assumeThat(trouble.isPossible())
                .as("SKIPPED: a disk that is " + trouble + " needs root to mount, or a C compiler")
                .isTrue();
        part.stop();
        try (BadDisk disk = trouble.under(part, spareMib)) {
            part.start();
            try {
                test.accept(disk);
            } finally {
                disk.mend();
                part.stop();
            }
        } finally {
            part.start();
        }
    }

    private static String twoOn(Tenant tenant, List<Long> linodes) {
        return tenant.cloud().hostIds().stream()
                .filter(host -> linodes.stream()
                                .filter(each -> tenant.host(each).equals(host))
                                .count()
                        > 1)
                .findFirst()
                .orElseThrow();
    }

    /** The journal's last block may have room for some orders. Answers with what the last one makes of the Linode. */
    private static String orderUntilSpoilt(Tenant tenant, long linode, BooleanSupplier spoilt) {
        String wanted = "running";
        for (int i = 0; i < MOST_ORDERS && !spoilt.getAsBoolean(); i++) {
            String next = wanted.equals("running") ? "offline" : "running";
            order(tenant, linode, next.equals("offline") ? "shutdown" : "boot");
            tenant.await(
                    "Linode " + linode + " " + next + ", or its agent unable to write",
                    () -> spoilt.getAsBoolean() || tenant.status(linode).equals(next),
                    true);
            wanted = next;
        }
        assertThat(spoilt.getAsBoolean())
                .as("the agent is up, and cannot write")
                .isTrue();
        return wanted;
    }

    private static void order(Tenant tenant, long linode, String what) {
        tenant.retryBusy(() -> tenant.api().post(Tenant.INSTANCES + "/" + linode + "/" + what));
    }

    /** How often it has said that it cannot write. */
    private static long complaints(Child agent) {
        try (Stream<String> lines = Files.lines(agent.log())) {
            return lines.filter(line -> line.contains(SPOILT)).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatPostgresCannotKeepIsNotAcknowledged(DiskTrouble trouble, Tenant tenant) {
        long linode = tenant.createRunning("before-bad");
        long fences = fences(tenant);
        onBadDisk(trouble, tenant.cloud().postgreSql().process(), SPARE_MIB, disk -> {
            awaitWritable(tenant, linode);
            try (Registers registers = new Registers(tenant, 1)) {
                registers.awaitAcknowledged();
                disk.spoil();
                Answer refused = awaitRefused(tenant, linode);
                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.body().path("errors").path(0).path("reason").asText())
                        .isNotBlank();
                disk.mend();
                registers.awaitAcknowledged();
                registers.stop();
                assertThat(registers.wrong()).isEmpty();
                registers.tidy();
            }
            assertThat(tenant.status(linode)).isEqualTo("running");
        });
        awaitWritable(tenant, linode);
        long after = tenant.createRunning("after-bad");
        nothingWentWrong(tenant, fences);
        List.of(linode, after).forEach(tenant::delete);
    }

    /** Writes are refused while account was not heard for a minute. */
    private static void awaitWritable(Tenant tenant, long linode) {
        var label = Api.object().put("label", "writable");
        tenant.await(
                "a write accepted",
                () -> tenant.api()
                        .put(Tenant.INSTANCES + "/" + linode, label)
                        .body()
                        .path("label")
                        .asText(),
                "writable");
    }

    private static Answer awaitRefused(Tenant tenant, long linode) {
        Client client = new Client(tenant);
        Answer[] last = new Answer[1];
        int[] count = new int[1];
        Awaitility.await()
                .pollInterval(Duration.ofMillis(20))
                .atMost(Tenant.LIMIT)
                .until(() -> {
                    var label = Api.object().put("label", "bad-" + count[0]++);
                    last[0] = client.send("PUT", Tenant.INSTANCES + "/" + linode, label);
                    return last[0].status() >= 500;
                });
        return last[0];
    }

    @ParameterizedTest
    @EnumSource
    void withKafkasDiskBadTheApiGoesOnAndAllIsPublishedLater(DiskTrouble trouble, Tenant tenant) {
        long linode = tenant.createRunning("kafka-bad");
        long fences = fences(tenant);
        Child kafka = tenant.cloud().broker().process();
        onBadDisk(trouble, kafka, SPARE_MIB, disk -> {
            kafka.awaitReady(KAFKA_LIMIT);
            awaitWritable(tenant, linode);
            try (Registers registers = new Registers(tenant, 1)) {
                registers.awaitAcknowledged();
                disk.spoil();
                tenant.await("Kafka broken", kafka::ready, false);
                long ordered = tenant.create("while-bad");
                registers.awaitAcknowledged();
                assertThat(tenant.status(linode)).isEqualTo("running");
                disk.mend();
                kafka.awaitReady(KAFKA_LIMIT);
                tenant.awaitStatus(ordered, "running");
                registers.stop();
                assertThat(registers.wrong()).isEmpty();
                registers.tidy();
                tenant.delete(ordered);
            }
        });
        kafka.awaitReady(KAFKA_LIMIT);
        awaitWritable(tenant, linode);
        nothingWentWrong(tenant, fences);
        tenant.delete(linode);
    }

    private static void nothingWentWrong(Tenant tenant, long fencesBefore) {
        LocalCloud cloud = tenant.cloud();
        LocalCloud.SERVICES.forEach(service -> cloud.service(service).awaitReady(Tenant.LIMIT));
        cloud.hostIds().forEach(host -> cloud.agent(host).awaitReady(Tenant.LIMIT));
        assertThat(Witness.of(cloud).doubles()).isEmpty();
        assertThat(fences(tenant)).as("hosts fenced").isEqualTo(fencesBefore);
    }

    private static long fences(Tenant tenant) {
        return tenant.cloud().hostIds().stream()
                .flatMap(host -> tenant.events("host/" + host).stream())
                .filter(each -> each.path("type").asText().equals("scheduler.HostFenced"))
                .count();
    }
}
