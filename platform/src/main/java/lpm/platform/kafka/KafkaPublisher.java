package lpm.platform.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import lpm.contracts.Topics;
import lpm.platform.json.EnvelopeJson;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Sends records with Kafka's idempotent producer. After a failure it must be closed and a new one made. */
public final class KafkaPublisher implements Publisher {
    /** How long Kafka may take to acknowledge what was sent before that counts as failed. */
    private static final Duration ACKNOWLEDGED_WITHIN = Duration.ofSeconds(20);

    private static final int REQUEST_MILLIS = 8_000;
    private static final int LINGER_MILLIS = 1;
    private static final int BATCH_BYTES = 128 * 1024;

    private final KafkaProducer<String, byte[]> producer;
    private final KnownTopics topics;
    private final List<Future<RecordMetadata>> open = new ArrayList<>();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    /** @param connection how to reach Kafka: bootstrap servers, security */
    public KafkaPublisher(Map<String, String> connection) {
        topics = new KnownTopics(connection);
        Map<String, Object> settings = new HashMap<>(connection);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // a broker that starts anew knows no sequence of a new producer, and takes its second request before its first
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        // a record that is given up while a later one of its key goes through would leave a hole where readers stop
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, REQUEST_MILLIS);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, EnvelopeJson.MAX_BYTES);
        producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    @Override
    public boolean has(String topic) {
        return topics.has(topic);
    }

    @Override
    public String idOf(String topic) {
        return topics.idOf(topic);
    }

    @Override
    public void check() {
        topics.look(List.of());
    }

    @Override
    public void send(String topic, String key, String type, byte[] value) {
        // nor may a later one go through once one was refused: all are sent again from there
        Exception earlier = failure.get();
        if (earlier != null) {
            throw refused(earlier);
        }
        ProducerRecord<String, byte[]> sent = new ProducerRecord<>(topic, key, value);
        sent.headers().add("type", type.getBytes(StandardCharsets.UTF_8));
        sent.headers().add(Topics.ID_HEADER, topics.idOf(topic).getBytes(StandardCharsets.UTF_8));
        open.add(producer.send(sent, (_, problem) -> {
            if (problem != null) {
                failure.compareAndSet(null, problem);
            }
        }));
    }

    @Override
    public void awaitAcks() {
        long end = System.nanoTime() + ACKNOWLEDGED_WITHIN.toNanos();
        try {
            for (Future<RecordMetadata> each : open) {
                each.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
            open.clear();
        } catch (ExecutionException e) {
            throw refused(e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "Kafka has not acknowledged a record within " + ACKNOWLEDGED_WITHIN.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Kafka was to acknowledge", e);
        }
    }

    private static IllegalStateException refused(@Nullable Throwable why) {
        return new IllegalStateException("Kafka did not take a record: " + (why == null ? "" : why.getMessage()), why);
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
        topics.close();
    }
}
