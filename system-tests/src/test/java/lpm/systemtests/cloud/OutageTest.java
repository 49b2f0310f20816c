package lpm.systemtests.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import lpm.local.Child;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(CloudExtension.class)
class OutageTest {
    private static final Duration KAFKA_OUTAGE = Duration.ofSeconds(30);

    @Test
    void withoutKafkaTheApiAcceptsAndNobodyIsFenced(Tenant tenant) {
        long running = tenant.createRunning("before-outage");
        Child kafka = tenant.cloud().broker().process();
        kafka.halt();
        long ordered = tenant.create("during-outage");
        assertThat(tenant.status(ordered)).isEqualTo("provisioning");
        Awaitility.await()
                .pollDelay(KAFKA_OUTAGE)
                .atMost(KAFKA_OUTAGE.plusSeconds(30))
                .until(() -> tenant.status(running).equals("running"));
        kafka.start();
        tenant.awaitStatus(ordered, "running");
        for (JsonNode host : tenant.operator().list("/ops/v1/hosts")) {
            assertThat(tenant.events("host/" + host.path("id").asText()))
                    .extracting(each -> each.path("type").asText())
                    .as("events of " + host.path("id"))
                    .doesNotContain("scheduler.HostFenced", "scheduler.HostFenceRequested");
        }
        tenant.delete(ordered);
        tenant.delete(running);
    }

    @Test
    void withoutPostgresTheApiAsksToTryLaterAndRecovers(Tenant tenant) throws IOException {
        long linode = tenant.createRunning("before-restart");
        Child postgres = tenant.cloud().postgreSql().process();
        postgres.halt();
        HttpProbe.Answer answer =
                HttpProbe.post(tenant, Tenant.INSTANCES, Tenant.order("refused").toString());
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.retryAfter()).isPositive();
        assertThat(answer.body()).contains("errors");
        startsWithoutPostgresAndCanBeEnded(tenant.cloud().service("migration"));
        postgres.start();
        tenant.await("the Linode seen again", () -> tenant.status(linode), "running");
        long second = tenant.createRunning("after-restart");
        tenant.delete(second);
        tenant.delete(linode);
    }

    /** It is up without being ready, says what it waits for, and ends when it is told to. */
    private static void startsWithoutPostgresAndCanBeEnded(Child service) throws IOException {
        service.stop();
        int before = Files.readString(service.log()).length();
        service.start();
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() -> Files.readString(service.log()).substring(before).contains(" started in "));
        assertThat(service.ready()).isFalse();
        service.stop();
        assertThat(Files.readString(service.log()).substring(before))
                .contains("migration waits for its store", "migration stopped in");
        service.start();
    }
}
