package lpm.systemtests.cloud;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import lpm.contracts.Topics;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What cannot be read is laid aside where operators see it; everything else flows. */
@ExtendWith(CloudExtension.class)
class PoisonTest {
    private static final String FUTURE = """
            {"id":"%s","type":"storage.VolumeReady","version":99,"aggregateId":"volume:900001","sequence":0,
             "occurredAt":"2026-01-01T00:00:00Z","correlationId":"%s","actor":{"kind":"service","id":"storage"},
             "data":{"volume":900001,"meaning":"of tomorrow"}}""";

    @Test
    void poisonAndEventsOfTheFutureAreParkedAndTheRestFlows(Tenant tenant) {
        publish(tenant, null, "volume:900000", "this is {not JSON");
        publish(tenant, null, "volume:900001", FUTURE.formatted(UUID.randomUUID(), UUID.randomUUID()));

        tenant.await(
                "both parked, as operators see it", () -> parked(tenant, "900000") && parked(tenant, "900001"), true);
        long linode = tenant.createRunning("beside-poison");
        tenant.delete(linode);
    }

    private static boolean parked(Tenant tenant, String key) {
        return tenant.operator().list("/ops/v1/parked").stream()
                .anyMatch(each -> each.toString().contains(key));
    }

    /** Puts this among storage's events: into that partition, or where its key belongs. */
    static void publish(Tenant tenant, @Nullable Integer partition, String key, String value) {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", tenant.cloud().broker().bootstrap()),
                new StringSerializer(),
                new StringSerializer())) {
            var row = new ProducerRecord<>(Topics.STORAGE_EVENTS, partition, key, value);
            row.headers().add("type", "storage.VolumeReady".getBytes(StandardCharsets.UTF_8));
            producer.send(row);
            producer.flush();
        }
    }
}
