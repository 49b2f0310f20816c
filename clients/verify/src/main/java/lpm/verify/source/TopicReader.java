package lpm.verify.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lpm.contracts.Topics;
import lpm.verify.history.Damaged;
import lpm.verify.history.Entry;
import lpm.verify.history.Place;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Every topic of events and commands, from its oldest record to its end at the time of the look. */
final class TopicReader {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int ANSWER_LIMIT_MILLIS = 20_000;

    private final String bootstrap;

    TopicReader(String bootstrap) {
        this.bootstrap = bootstrap;
    }

    /** The records, and the topics whose oldest ones are gone. */
    record Found(List<Entry> records, Set<String> cut) {}

    Found read(Collection<Damaged> damaged) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                ANSWER_LIMIT_MILLIS,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                5_000);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.listTopics().entrySet().stream()
                    .filter(topic -> isRead(topic.getKey()))
                    .flatMap(topic ->
                            topic.getValue().stream().map(each -> new TopicPartition(each.topic(), each.partition())))
                    .toList();
            consumer.assign(partitions);
            Set<String> cut = new HashSet<>();
            consumer.beginningOffsets(partitions).forEach((partition, offset) -> {
                if (offset > 0) {
                    cut.add(partition.topic());
                }
            });
            consumer.seekToBeginning(partitions);
            return new Found(records(consumer, consumer.endOffsets(partitions), damaged), cut);
        }
    }

    private static boolean isRead(String topic) {
        return topic.startsWith("lpm.")
                && !topic.equals(Topics.HOST_TELEMETRY)
                && !topic.equals(Topics.ACCOUNT_PULSE)
                && !topic.endsWith(".parked");
    }

    private static List<Entry> records(
            KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends, Collection<Damaged> damaged) {
        List<Entry> records = new ArrayList<>();
        Set<TopicPartition> left = new HashSet<>(ends.keySet());
        while (true) {
            left.removeIf(each -> consumer.position(each) >= ends.getOrDefault(each, 0L));
            if (left.isEmpty()) {
                return records;
            }
            for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
                if (each.offset() < ends.getOrDefault(new TopicPartition(each.topic(), each.partition()), 0L)) {
                    take(each, records, damaged);
                }
            }
        }
    }

    private static void take(ConsumerRecord<byte[], byte[]> found, List<Entry> records, Collection<Damaged> damaged) {
        String key = found.key() == null ? "" : new String(found.key(), StandardCharsets.UTF_8);
        Place place = new Place.OnTopic(found.topic(), found.partition(), found.offset(), key);
        try {
            records.add(new Entry(place, Envelopes.read(found.value() == null ? new byte[0] : found.value())));
        } catch (IOException | IllegalArgumentException e) {
            damaged.add(new Damaged(place, e.getClass().getSimpleName()));
        }
    }
}
