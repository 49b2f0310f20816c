package lpm.systemtests.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import lpm.cli.Api;
import lpm.contracts.Topics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads what migration and storage publish, at the same moment as those whom it concerns. */
final class MigrationWatch implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Set<String> TOPICS = Set.of(Topics.MIGRATION_EVENTS, Topics.STORAGE_EVENTS);

    private final List<Told> told = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean open = true;

    /** An event of one attempt. */
    record Told(String type, long migration, long linode, JsonNode data) {}

    MigrationWatch(String bootstrap) {
        KafkaConsumer<String, String> consumer = new KafkaConsumer<>(Map.of(
                "bootstrap.servers",
                bootstrap,
                "enable.auto.commit",
                false,
                "auto.offset.reset",
                "earliest",
                "key.deserializer",
                StringDeserializer.class,
                "value.deserializer",
                StringDeserializer.class));
        consumer.assign(Topics.fixed().stream()
                .filter(topic -> TOPICS.contains(topic.name()))
                .flatMap(topic ->
                        IntStream.range(0, topic.partitions()).mapToObj(each -> new TopicPartition(topic.name(), each)))
                .toList());
        thread = Thread.ofPlatform().name("migration-watch").start(() -> read(consumer));
    }

    private void read(KafkaConsumer<String, String> consumer) {
        try (consumer) {
            while (open) {
                for (ConsumerRecord<String, String> each : consumer.poll(POLL)) {
                    note(Api.JSON.readTree(each.value()));
                }
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("somebody published what is no JSON", e);
        }
    }

    private void note(JsonNode event) {
        JsonNode data = event.path("data");
        told.add(new Told(
                event.path("type").asText(),
                data.path("migration").asLong(),
                data.path("linode").asLong(),
                data));
    }

    /** How many events were told so far. */
    int count() {
        return told.size();
    }

    /** The first event of a type about a Linode, not before the given count. */
    Optional<Told> find(String type, long linode, int from) {
        return told.stream()
                .skip(from)
                .filter(each -> each.linode() == linode && each.type().equals(type))
                .findFirst();
    }

    /** Whether this attempt told an event of that type. */
    boolean has(String type, long migration) {
        return told.stream()
                .anyMatch(each -> each.migration() == migration && each.type().equals(type));
    }

    @Override
    public void close() {
        open = false;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
