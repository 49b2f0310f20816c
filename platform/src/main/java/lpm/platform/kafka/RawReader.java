package lpm.platform.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import lpm.platform.json.EnvelopeJson;
import lpm.platform.kafka.InboxPositions.Partition;
import lpm.platform.store.Store;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads topics as they are, also what nobody can decode, batch by batch: one transaction holds the effect and the next
 * offset of each partition, and one lock makes the batches of all replicas follow each other.
 */
public final class RawReader implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(RawReader.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long PAUSE_MILLIS = 1_000;
    private static final int METADATA_MILLIS = 2_000;
    private static final int MAX_RECORDS = 500;

    private final String name;
    private final Pattern topics;
    private final Map<String, String> connection;
    private final Store store;
    private final Consumer<List<RawRecord>> effect;
    private final InboxPositions positions;

    /**
     * @param name of this reader within its service; also its consumer group's
     * @param effect what is done with a batch, inside the open transaction
     */
    public RawReader(
            String name,
            Pattern topics,
            Map<String, String> connection,
            Store store,
            Consumer<List<RawRecord>> effect) {
        this.name = name;
        this.topics = topics;
        this.connection = Map.copyOf(connection);
        this.store = store;
        this.effect = effect;
        this.positions = new InboxPositions(store);
    }

    @Override
    public void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try (KafkaConsumer<String, byte[]> consumer = consumer();
                    KnownTopics known = new KnownTopics(connection)) {
                consumer.subscribe(topics, new Seeking(consumer, known));
                while (!Thread.currentThread().isInterrupted()) {
                    ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
                    if (!records.isEmpty()) {
                        known.lookAfter(consumer);
                        take(records, known);
                    }
                }
            } catch (InterruptException _) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                LOG.warn("reader {} starts again: {}", name, e.toString());
                pause();
            }
        }
    }

    private void take(ConsumerRecords<String, byte[]> records, KnownTopics known) {
        store.inTransaction(() -> {
            store.lock(List.of("reader/" + name));
            Map<Partition, Long> next = new HashMap<>(positions.hold(records.partitions().stream()
                    .map(each -> own(each, known))
                    .collect(Collectors.toUnmodifiableSet())));
            List<RawRecord> fresh = new ArrayList<>();
            for (TopicPartition partition : records.partitions()) {
                Partition own = own(partition, known);
                long from = Optional.ofNullable(next.get(own))
                        .orElseThrow(() -> new KnownTopics.Replaced(partition.topic()));
                for (ConsumerRecord<String, byte[]> each : records.records(partition)) {
                    if (each.offset() >= from && known.isMeant(each)) {
                        fresh.add(raw(each));
                        next.put(own, each.offset() + 1);
                    }
                }
            }
            positions.move(next);
            effect.accept(fresh);
            return fresh.size();
        });
    }

    private static RawRecord raw(ConsumerRecord<String, byte[]> record) {
        byte[] value = record.value() == null ? new byte[0] : record.value();
        Header type = record.headers().lastHeader("type");
        return new RawRecord(
                record.topic(),
                record.partition(),
                record.offset(),
                record.key() == null ? "" : record.key(),
                Instant.ofEpochMilli(record.timestamp()),
                Optional.ofNullable(type).map(header -> new String(header.value(), StandardCharsets.UTF_8)),
                new String(value, StandardCharsets.UTF_8));
    }

    private Partition own(TopicPartition partition, KnownTopics known) {
        return new Partition(own(partition), known.idOf(partition.topic()), partition.partition());
    }

    /** The service's inbox may read the same topic: positions of this reader stand apart. */
    private String own(TopicPartition partition) {
        return name + "/" + partition.topic();
    }

    private KafkaConsumer<String, byte[]> consumer() {
        Map<String, Object> settings = new HashMap<>(connection);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, name);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, METADATA_MILLIS);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_RECORDS);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 2 * EnvelopeJson.MAX_BYTES);
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts every partition where the stored effects end. */
    private final class Seeking implements ConsumerRebalanceListener {
        private final KafkaConsumer<String, byte[]> consumer;
        private final KnownTopics known;

        private Seeking(KafkaConsumer<String, byte[]> consumer, KnownTopics known) {
            this.consumer = consumer;
            this.known = known;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            known.look(partitions.stream().map(TopicPartition::topic).toList());
            for (TopicPartition partition : partitions) {
                positions
                        .next(own(partition), known.idOf(partition.topic()), partition.partition())
                        .ifPresent(offset -> consumer.seek(partition, offset));
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            // positions are kept with the effects
        }
    }
}
