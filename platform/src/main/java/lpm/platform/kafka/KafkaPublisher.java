package lpm.platform.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import lpm.platform.json.EnvelopeJson;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Sends records with Kafka's idempotent producer. After a failure it must be closed and a new one made. */
public final class KafkaPublisher implements Publisher {
    /** How long Kafka may take to acknowledge a record before that counts as failed. */
    private static final int DELIVERY_MILLIS = 20_000;

    private static final int REQUEST_MILLIS = 8_000;
    private static final int LINGER_MILLIS = 1;
    private static final int BATCH_BYTES = 128 * 1024;

    private final KafkaProducer<String, byte[]> producer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    /** @param connection how to reach Kafka: bootstrap servers, security */
    public KafkaPublisher(Map<String, String> connection) {
        Map<String, Object> settings = new HashMap<>(connection);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, REQUEST_MILLIS);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, EnvelopeJson.MAX_BYTES);
        producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    @Override
    public void send(String topic, String key, String type, byte[] value) {
        ProducerRecord<String, byte[]> sent = new ProducerRecord<>(topic, key, value);
        sent.headers().add("type", type.getBytes(StandardCharsets.UTF_8));
        var _ = producer.send(sent, (_, problem) -> {
            if (problem != null) {
                failure.compareAndSet(null, problem);
            }
        });
    }

    @Override
    public void awaitAcks() {
        producer.flush();
        Exception problem = failure.getAndSet(null);
        if (problem != null) {
            throw new IllegalStateException("Kafka did not take a record: " + problem.getMessage(), problem);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
