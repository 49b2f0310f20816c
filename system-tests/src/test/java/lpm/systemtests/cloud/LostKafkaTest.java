package lpm.systemtests.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import lpm.cli.Api;
import lpm.contracts.HostId;
import lpm.contracts.Topics;
import lpm.local.Child;
import lpm.local.FileTree;
import lpm.local.LocalCloud;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Kafka loses all its data: what is in PostgreSQL and in the agents' journals is enough to go on. */
@ExtendWith(CloudExtension.class)
class LostKafkaTest {
    private static final Duration BROKER_LIMIT = Duration.ofMinutes(3);

    @Test
    void whileEverybodyRunsAllGoesOn(Tenant tenant) {
        poisonEveryPartition(tenant);
        long moves = tenant.createRunning("moves");
        long goes = tenant.createRunning("goes");
        long stays = tenant.createRunning("stays");
        Child kafka = tenant.cloud().broker().process();
        kafka.halt();
        tenant.api().put(Tenant.INSTANCES + "/" + stays, Api.object().put("label", "written-without-kafka"));
        loseData(tenant.cloud());
        kafka.start();
        kafka.awaitReady(BROKER_LIMIT);
        long back = System.nanoTime();

        long created = tenant.createRunning("after");
        tell("a Linode created and running", back);
        move(tenant, moves);
        tell("a migration completed", back);
        tenant.delete(goes);
        tell("a Linode deleted", back);
        awaitAllReady(tenant.cloud());
        tell("everybody ready", back);

        assertThat(tenant.linode(stays).path("label").asText()).isEqualTo("written-without-kafka");
        for (long linode : List.of(moves, stays, created)) {
            runsOnce(tenant, linode);
        }
        nobodyWasFenced(tenant);
        List.of(moves, stays, created).forEach(tenant::delete);
        tenant.cloud().hostIds().forEach(tenant::awaitNothingHeld);
    }

    @Test
    void anOrderThatNoAgentHadReadIsGivenAgain(Tenant tenant) {
        long runs = tenant.createRunning("runs");
        LocalCloud cloud = tenant.cloud();
        cloud.hostIds().forEach(host -> cloud.agent(host).halt());
        long before = orders(cloud);
        long ordered = tenant.create("ordered");
        tenant.await("an order for an agent", () -> orders(cloud) > before, true);
        Child kafka = cloud.broker().process();
        kafka.halt();
        loseData(cloud);
        kafka.start();
        kafka.awaitReady(BROKER_LIMIT);
        cloud.hostIds().forEach(host -> cloud.agent(host).start());
        long back = System.nanoTime();

        tenant.awaitStatus(ordered, "running");
        tell("the Linode that was ordered before is running", back);
        awaitAllReady(cloud);
        for (long linode : List.of(runs, ordered)) {
            runsOnce(tenant, linode);
            tenant.delete(linode);
        }
        nobodyWasFenced(tenant);
    }

    /** What is laid aside has a place, which is another record's once the topic is filled again. */
    private static void poisonEveryPartition(Tenant tenant) {
        int partitions = Topics.fixed().stream()
                .filter(each -> each.name().equals(Topics.STORAGE_EVENTS))
                .mapToInt(Topics.Topic::partitions)
                .sum();
        for (int i = 0; i < partitions; i++) {
            PoisonTest.publish(tenant, i, "volume:" + (910_000 + i), "this is {not JSON");
        }
    }

    private static void loseData(LocalCloud cloud) {
        try {
            FileTree.delete(cloud.dataDir().of("kafka"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void tell(String what, long since) {
        System.out.printf("%s %.1f s after the empty Kafka was there%n", what, (System.nanoTime() - since) / 1e9);
    }

    private static void move(Tenant tenant, long linode) {
        String before = tenant.hostUuid(linode);
        tenant.retryBusy(() -> tenant.api().post(Tenant.INSTANCES + "/" + linode + "/migrate"));
        tenant.await("the Linode elsewhere", () -> tenant.hostUuid(linode).equals(before), false);
        tenant.awaitStatus(linode, "running");
    }

    private static void runsOnce(Tenant tenant, long linode) {
        assertThat(Witness.of(tenant.cloud()).doubles()).isEmpty();
        assertThat(Witness.of(tenant.cloud()).hostsRunning(linode)).containsExactly(tenant.host(linode));
    }

    private static void awaitAllReady(LocalCloud cloud) {
        LocalCloud.SERVICES.forEach(service -> cloud.service(service).awaitReady(Tenant.LIMIT));
        cloud.hostIds().forEach(host -> cloud.agent(host).awaitReady(Tenant.LIMIT));
    }

    private static void nobodyWasFenced(Tenant tenant) {
        for (String host : tenant.cloud().hostIds()) {
            assertThat(tenant.events("host/" + host))
                    .extracting(each -> each.path("type").asText())
                    .as("events of " + host)
                    .doesNotContain("scheduler.HostFenced", "scheduler.HostFenceRequested");
        }
    }

    /** How many orders were ever written for agents. */
    private static long orders(LocalCloud cloud) {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        cloud.hostIds()
                .forEach(host ->
                        ends.put(new TopicPartition(Topics.hostCommands(new HostId(host)), 0), OffsetSpec.latest()));
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", (Object) cloud.broker().bootstrap()))) {
            return admin.listOffsets(ends).all().get().values().stream()
                    .mapToLong(ListOffsetsResultInfo::offset)
                    .sum();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
