package lpm.verify.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import lpm.contracts.Topics;
import lpm.verify.history.Damaged;
import lpm.verify.history.Entry;
import lpm.verify.history.Place;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Every topic of events and commands, from its oldest record to its end at the time of the look. */
final class TopicReader {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int ANSWER_LIMIT_MILLIS = 20_000;

    private final String bootstrap;

    TopicReader(String bootstrap) {
        this.bootstrap = bootstrap;
    }

    /** All topics, the records, and the topics whose oldest ones are gone. */
    record Found(Set<String> topics, List<Entry> records, Set<String> cut) {}

    /**
     * Whether a topic may lack its oldest records once it was filled again: orders grow old, reports are in no store.
     */
    static boolean isFilledInPart(String topic) {
        return topic.contains(".commands") || Topics.HOST_EVENTS.matcher(topic).matches();
    }

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
            Map<String, String> ids = ids(partitions);
            return new Found(ids.keySet(), records(consumer, consumer.endOffsets(partitions), ids, damaged), cut);
        }
    }

    private static boolean isRead(String topic) {
        return topic.startsWith("lpm.")
                && !topic.equals(Topics.HOST_TELEMETRY)
                && !topic.equals(Topics.ACCOUNT_PULSE)
                && !topic.endsWith(".parked");
    }

    private static List<Entry> records(
            KafkaConsumer<byte[], byte[]> consumer,
            Map<TopicPartition, Long> ends,
            Map<String, String> ids,
            Collection<Damaged> damaged) {
        List<Entry> records = new ArrayList<>();
        Set<TopicPartition> left = new HashSet<>(ends.keySet());
        while (true) {
            left.removeIf(each -> consumer.position(each) >= ends.getOrDefault(each, 0L));
            if (left.isEmpty()) {
                return records;
            }
            for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
                long end = ends.getOrDefault(new TopicPartition(each.topic(), each.partition()), 0L);
                if (each.offset() < end && isMeant(each, ids)) {
                    take(each, records, damaged);
                }
            }
        }
    }

    /** Topics by name, as Kafka tells them apart. */
    private Map<String, String> ids(Collection<TopicPartition> partitions) {
        Set<String> names = partitions.stream().map(TopicPartition::topic).collect(Collectors.toSet());
        Map<String, Object> settings = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                ANSWER_LIMIT_MILLIS,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                ANSWER_LIMIT_MILLIS);
        try (Admin admin = Admin.create(settings)) {
            Map<String, String> ids = new HashMap<>();
            admin.describeTopics(names)
                    .allTopicNames()
                    .get()
                    .forEach((name, topic) -> ids.put(name, topic.topicId().toString()));
            return ids;
        } catch (ExecutionException e) {
            throw new KafkaException("the ids of the topics are not told", e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** What came into a topic although it was written for one of its name that was lost counts for nothing. */
    private static boolean isMeant(ConsumerRecord<byte[], byte[]> found, Map<String, String> ids) {
        Header meant = found.headers().lastHeader(Topics.ID_HEADER);
        return meant == null
                || new String(meant.value(), StandardCharsets.UTF_8).equals(ids.getOrDefault(found.topic(), ""));
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
