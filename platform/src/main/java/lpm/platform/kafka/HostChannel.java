package lpm.platform.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import lpm.contracts.HostId;
import lpm.contracts.Topics;
import lpm.platform.json.EnvelopeJson;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One host's way to Kafka and back: reads the one partition of its command topic from an offset its caller keeps, and
 * sends in order. Nothing here makes the caller wait for Kafka: a host must keep its lease while Kafka is away.
 */
public final class HostChannel implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HostChannel.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    /** Between two looks whether the topics are still those that they were. */
    private static final Duration LOOK = Duration.ofSeconds(5);

    private static final long PAUSE_MILLIS = 1_000;
    private static final int METADATA_MILLIS = 2_000;
    private static final int BLOCK_MILLIS = 5_000;
    private static final int MAX_WAITING_RECORDS = 500;
    private static final int MAX_WAITING_SOFT = 20;
    private static final Received NOTHING = new Received(-1, "");
    private static final long PRODUCER_BUFFER_BYTES = 4L * EnvelopeJson.MAX_BYTES;

    private final Map<String, String> connection;
    private final TopicPartition commands;
    private final String reports;
    private final BlockingQueue<Received> received = new ArrayBlockingQueue<>(MAX_WAITING_RECORDS);
    private final BlockingQueue<Outgoing> outgoing = new LinkedBlockingQueue<>();
    private final AtomicInteger softWaiting = new AtomicInteger();
    private final CompletableFuture<Start> started = new CompletableFuture<>();
    private final CompletableFuture<TopicPair> replaced = new CompletableFuture<>();
    private final List<Thread> threads;
    private volatile Optional<TopicPair> believed;
    private volatile boolean connected;

    /**
     * @param connection how to reach Kafka: bootstrap servers, security
     * @param believed the topics as they were when last read and written, if they ever were
     * @param from the first offset that is read; the topic's end where there is none
     */
    public HostChannel(Map<String, String> connection, HostId host, Optional<TopicPair> believed, Optional<Long> from) {
        this.connection = Map.copyOf(connection);
        this.commands = new TopicPartition(Topics.hostCommands(host), 0);
        this.reports = Topics.hostEvents(host);
        this.believed = believed;
        this.threads = List.of(
                Thread.ofPlatform().daemon().name("commands").start(() -> readForEver(from)),
                Thread.ofPlatform().daemon().name("reports").start(this::sendForEver));
    }

    /** The ids of a host's topic of orders and of its topic of reports; topics made anew have others. */
    public record TopicPair(String commands, String reports) {}

    /** Where reading began. */
    public record Start(long offset, TopicPair topics) {}

    /** One record of the command topic. */
    public record Received(long offset, String value) {}

    private record Outgoing(
            ProducerRecord<String, byte[]> record, CompletableFuture<Long> acknowledged, boolean soft) {}

    /** Known as soon as Kafka has been reached and the topics exist. */
    public CompletableFuture<Start> started() {
        return started;
    }

    /** The topics there are now, once the ones before are gone: offsets and acknowledgements are void then. */
    public CompletableFuture<TopicPair> replaced() {
        return replaced;
    }

    /** Whether Kafka answered last time. */
    public boolean isConnected() {
        return connected;
    }

    /** The next record, waiting for one at most so long, or until {@link #wake}. */
    public Optional<Received> take(Duration wait) throws InterruptedException {
        return Optional.ofNullable(received.poll(wait.toMillis(), TimeUnit.MILLISECONDS))
                .filter(each -> each.offset() >= 0);
    }

    /** Ends the present or the next {@link #take}: its caller has something else to look at. */
    public void wake() {
        var _ = received.offer(NOTHING);
    }

    /** Sends a record that must arrive, after all before it; completes when Kafka keeps it. */
    public CompletableFuture<Long> send(String topic, String key, String type, byte[] value) {
        CompletableFuture<Long> acknowledged = new CompletableFuture<>();
        outgoing.add(new Outgoing(record(topic, key, type, value), acknowledged, false));
        return acknowledged;
    }

    /** Sends a record that may be lost, and is when Kafka is away. */
    public void tell(String topic, String key, String type, byte[] value) {
        if (softWaiting.incrementAndGet() > MAX_WAITING_SOFT) {
            softWaiting.decrementAndGet();
            return;
        }
        CompletableFuture<Long> gone = new CompletableFuture<>();
        var _ = gone.whenComplete((_, _) -> softWaiting.decrementAndGet());
        outgoing.add(new Outgoing(record(topic, key, type, value), gone, true));
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }

    private void readForEver(Optional<Long> from) {
        Optional<Long> next = from;
        while (!Thread.currentThread().isInterrupted() && !replaced.isDone()) {
            try (KnownTopics topics = new KnownTopics(connection, names());
                    KafkaConsumer<String, byte[]> consumer = consumer()) {
                topics.look(List.of(commands.topic(), reports));
                TopicPair found = new TopicPair(topics.idOf(commands.topic()), topics.idOf(reports));
                believed = Optional.of(found);
                consumer.assign(List.of(commands));
                long offset = next.isPresent() ? next.get() : end(consumer);
                consumer.seek(commands, offset);
                next = Optional.of(offset);
                started.complete(new Start(offset, found));
                while (true) {
                    next = Optional.of(readFor(LOOK, consumer, topics, next.get()));
                    topics.look(List.of());
                }
            } catch (InterruptException | InterruptedException _) {
                Thread.currentThread().interrupt();
            } catch (KnownTopics.Replaced e) {
                LOG.warn("{}", e.getMessage());
                awaitNewTopics();
            } catch (KafkaException | IllegalStateException e) {
                LOG.warn("reading {} starts again: {}", commands, e.toString());
                pause();
            }
        }
    }

    private Map<String, String> names() {
        return believed.map(pair -> Map.of(commands.topic(), pair.commands(), reports, pair.reports()))
                .orElse(Map.of());
    }

    /** Hands over what comes within so long; returns the next offset to read. */
    private long readFor(Duration time, KafkaConsumer<String, byte[]> consumer, KnownTopics topics, long from)
            throws InterruptedException {
        long next = from;
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            var records = consumer.poll(POLL);
            topics.lookAfter(consumer);
            for (ConsumerRecord<String, byte[]> each : records) {
                if (topics.isMeant(each)) {
                    byte[] value = each.value() == null ? new byte[0] : each.value();
                    received.put(new Received(each.offset(), new String(value, StandardCharsets.UTF_8)));
                }
                next = each.offset() + 1;
            }
        }
        return next;
    }

    private void awaitNewTopics() {
        while (!Thread.currentThread().isInterrupted() && !replaced.isDone()) {
            try (KnownTopics topics = new KnownTopics(connection)) {
                replaced.complete(new TopicPair(topics.idOf(commands.topic()), topics.idOf(reports)));
            } catch (IllegalStateException e) {
                LOG.warn("looking for {} again: {}", commands, e.toString());
                pause();
            }
        }
    }

    private long end(KafkaConsumer<String, byte[]> consumer) {
        return consumer.endOffsets(List.of(commands)).getOrDefault(commands, 0L);
    }

    /** A record that was not taken is tried again before any later one, so that the order is kept. */
    private void sendForEver() {
        try (KafkaProducer<String, byte[]> producer = producer()) {
            while (!Thread.currentThread().isInterrupted()) {
                Outgoing next = outgoing.take();
                while (!handOver(producer, next)) {
                    Thread.sleep(PAUSE_MILLIS);
                }
            }
        } catch (InterruptException | InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the producer has it. What it refuses at once (no such topic yet) was not sent. */
    private boolean handOver(KafkaProducer<String, byte[]> producer, Outgoing next) {
        Optional<TopicPair> meant = believed;
        if (meant.isEmpty() && !next.soft()) {
            return false;
        }
        meant.ifPresent(each -> mark(next.record(), each));
        AtomicBoolean handed = new AtomicBoolean();
        AtomicBoolean refused = new AtomicBoolean();
        try {
            var _ = producer.send(next.record(), (metadata, problem) -> {
                connected = problem == null;
                if (problem == null) {
                    next.acknowledged().complete(metadata.offset());
                } else if (handed.get() || next.soft()) {
                    next.acknowledged().completeExceptionally(problem);
                } else {
                    refused.set(true);
                }
            });
            handed.set(true);
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            LOG.warn("{} does not take records: {}", next.record().topic(), e.toString());
            refused.set(!next.soft());
        }
        return !refused.get();
    }

    /** A report says which topic it was written for: readers of a later one leave it out until it is sent again. */
    private void mark(ProducerRecord<String, byte[]> record, TopicPair meant) {
        if (record.topic().equals(reports)) {
            record.headers().remove(Topics.ID_HEADER);
            record.headers().add(Topics.ID_HEADER, meant.reports().getBytes(StandardCharsets.UTF_8));
        }
    }

    private static ProducerRecord<String, byte[]> record(String topic, String key, String type, byte[] value) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, key, value);
        record.headers().add("type", type.getBytes(StandardCharsets.UTF_8));
        return record;
    }

    private KafkaConsumer<String, byte[]> consumer() {
        Map<String, Object> settings = new HashMap<>(connection);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, METADATA_MILLIS);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, EnvelopeJson.MAX_BYTES);
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** Without a limit to the delivery, and one request at a time, no record goes through before an earlier one. */
    private KafkaProducer<String, byte[]> producer() {
        Map<String, Object> settings = new HashMap<>(connection);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCK_MILLIS);
        settings.put(ProducerConfig.METADATA_MAX_AGE_CONFIG, METADATA_MILLIS);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, EnvelopeJson.MAX_BYTES);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, PRODUCER_BUFFER_BYTES);
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
