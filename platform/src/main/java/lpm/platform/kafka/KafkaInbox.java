package lpm.platform.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import lpm.platform.App;
import lpm.platform.json.EnvelopeJson;
import lpm.platform.ops.Meters;
import lpm.platform.store.Backoff;
import lpm.platform.store.Stop;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that reads an App's topics. Positions are ours, in PostgreSQL; Kafka only shares the partitions out. */
public final class KafkaInbox implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaInbox.class);
    private static final Duration POLL = Duration.ofMillis(200);

    /** How soon topics of new hosts are seen. */
    private static final int METADATA_MILLIS = 2_000;

    private static final int MAX_RECORDS = 500;

    /** Partitions worked on at the same time. */
    private static final int PARALLEL = 4;

    private static final int SESSION_MILLIS = 15_000;

    private final App app;
    private final Map<String, String> connection;
    private final Optional<String> replica;
    private final InboxBatches batches;
    private final InboxPositions positions;
    private final Meters meters;
    private final Stop stop;
    private final Backoff backoff = new Backoff();
    private final Map<TopicPartition, String> holes = new ConcurrentHashMap<>();
    private volatile boolean assigned;

    KafkaInbox(
            Inside in,
            Map<String, String> connection,
            Optional<String> replica,
            InboxBatches batches,
            InboxPositions positions) {
        this.app = in.app();
        this.connection = Map.copyOf(connection);
        this.replica = replica;
        this.batches = batches;
        this.positions = positions;
        this.meters = in.meters();
        this.stop = in.stop();
    }

    /** Whether partitions were assigned and their positions found. */
    public boolean isAssigned() {
        return assigned;
    }

    /** Partitions that stand still because a record is missing, and what is missing. */
    public Map<String, String> holes() {
        return holes.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(each -> each.getKey().toString(), Map.Entry::getValue));
    }

    @Override
    public void run() {
        while (!stop.isAsked()) {
            try (KafkaConsumer<String, byte[]> consumer = consumer();
                    KnownTopics known = new KnownTopics(connection);
                    ExecutorService workers = Executors.newFixedThreadPool(PARALLEL)) {
                Partitions partitions = new Partitions(known, batches, workers);
                consumer.subscribe(topics(), new Seeking(consumer, known));
                if (replica.isPresent()) {
                    awaitAssignment(consumer, known, partitions);
                    // it is given what it had, without the topics that were made since
                    consumer.enforceRebalance("topics may have been made while it was away");
                }
                while (!stop.isAsked()) {
                    readOnce(consumer, known, partitions);
                }
            } catch (InterruptException _) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                meters.restarted("inbox");
                LOG.warn("the inbox starts again: {}", e.toString());
                backoff.pause();
            } finally {
                assigned = false;
            }
        }
    }

    private void awaitAssignment(KafkaConsumer<String, byte[]> consumer, KnownTopics known, Partitions partitions) {
        while (!stop.isAsked() && !assigned) {
            readOnce(consumer, known, partitions);
        }
    }

    private void readOnce(KafkaConsumer<String, byte[]> consumer, KnownTopics known, Partitions partitions) {
        ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
        if (!records.isEmpty()) {
            known.lookAfter(consumer);
        }
        partitions.take(records).forEach((partition, hole) -> standStill(consumer, partition, hole));
        if (!records.isEmpty()) {
            backoff.reset();
        }
        meters.inboxLag(consumer.assignment().stream()
                .mapToLong(partition -> consumer.currentLag(partition).orElse(0))
                .sum());
    }

    private void standStill(
            KafkaConsumer<String, byte[]> consumer, TopicPartition partition, Partitions.Standstill hole) {
        meters.inbox("hole");
        LOG.error("{} stands still: {}", partition, hole.why());
        holes.put(partition, hole.why());
        consumer.seek(partition, hole.offset());
        consumer.pause(List.of(partition));
    }

    private Pattern topics() {
        return Pattern.compile(app.reads().stream()
                .map(pattern -> "(?:" + pattern.pattern() + ")")
                .collect(Collectors.joining("|")));
    }

    private KafkaConsumer<String, byte[]> consumer() {
        Map<String, Object> settings = new HashMap<>(connection);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, app.name());
        // a named replica gets its partitions back at once when it starts again, without waiting for a time-out
        replica.ifPresent(name -> settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, app.name() + "-" + name));
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, METADATA_MILLIS);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_RECORDS);
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MILLIS);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 2 * EnvelopeJson.MAX_BYTES);
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
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
                holes.remove(partition);
                positions
                        .next(partition.topic(), known.idOf(partition.topic()), partition.partition())
                        .ifPresent(offset -> consumer.seek(partition, offset));
            }
            assigned = true;
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            partitions.forEach(holes::remove);
        }
    }
}
