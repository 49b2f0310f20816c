package lpm.platform.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import lpm.contracts.Actor;
import lpm.contracts.Command;
import lpm.contracts.Envelope;
import lpm.contracts.Topics;
import lpm.platform.App;
import lpm.platform.Lookup;
import lpm.platform.Request;
import lpm.platform.Watcher;
import lpm.platform.axon.AxonCommands;
import lpm.platform.json.EnvelopeJson;
import lpm.platform.json.Messages;
import lpm.platform.ops.Meters;
import lpm.platform.store.Backoff;
import lpm.platform.store.EventIds;
import lpm.platform.store.Stop;
import lpm.platform.time.SteadyClock;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears soft state from its newest end (telemetry for watchers, account's pulse) and lets watchers look at it from
 * time to
 * time, all on one thread. Every replica hears everything; only the leading one acts on it. What is unreadable is
 * counted
 * and left out: the next beat comes soon.
 */
final class SoftState implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(SoftState.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int METADATA_MILLIS = 2_000;

    private final App app;
    private final Map<String, String> connection;
    private final AxonCommands commands;
    private final Lookup rows;
    private final Messages messages;
    private final Meters meters;
    private final Stop stop;
    private final Clock clock;
    /** For what follows from silence: the time of day may be set back, and hosts have their own. */
    private final InstantSource counted;

    private final BooleanSupplier leading;
    private final Runnable pulse;
    private final Backoff backoff = new Backoff();
    private final IdentityHashMap<Watcher, Instant> nextLook = new IdentityHashMap<>();

    /** @param pulse told whenever account was heard */
    SoftState(Inside in, Map<String, String> connection, BooleanSupplier leading, Runnable pulse) {
        this.app = in.app();
        this.connection = Map.copyOf(connection);
        this.commands = in.commands();
        this.rows = in.rows();
        this.messages = in.messages();
        this.meters = in.meters();
        this.stop = in.stop();
        this.clock = in.clock();
        this.counted = new SteadyClock(clock.instant());
        this.leading = leading;
        this.pulse = pulse;
    }

    @Override
    public void run() {
        while (!stop.isAsked()) {
            try (KafkaConsumer<String, byte[]> consumer = consumer()) {
                consumer.assign(partitions(consumer));
                consumer.seekToEnd(List.of());
                while (!stop.isAsked()) {
                    consumer.poll(POLL).forEach(this::hear);
                    look();
                    backoff.reset();
                }
            } catch (InterruptException _) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                meters.restarted("softstate");
                LOG.warn("soft state is heard again: {}", e.toString());
                backoff.pause();
            }
        }
    }

    private List<TopicPartition> partitions(KafkaConsumer<String, byte[]> consumer) {
        List<TopicPartition> all = new ArrayList<>();
        for (String topic : app.telemetry()
                ? List.of(Topics.ACCOUNT_PULSE, Topics.HOST_TELEMETRY)
                : List.of(Topics.ACCOUNT_PULSE)) {
            List<PartitionInfo> found = consumer.partitionsFor(topic);
            if (found.isEmpty()) {
                throw new IllegalStateException("there is no topic " + topic + " yet");
            }
            found.forEach(each -> all.add(new TopicPartition(topic, each.partition())));
        }
        return all;
    }

    private void hear(ConsumerRecord<String, byte[]> heard) {
        if (heard.topic().equals(Topics.ACCOUNT_PULSE)) {
            pulse.run();
            return;
        }
        try {
            Envelope<JsonNode> envelope = EnvelopeJson.read(heard.value());
            switch (messages.read(envelope.type(), envelope.version(), envelope.data())) {
                case Messages.Reading.Known known ->
                    tell(envelope.withData(known.message()).heardAt(counted.instant()));
                case Messages.Reading.Unknown _ -> meters.inbox("telemetry-unknown");
            }
        } catch (RuntimeException e) {
            meters.inbox("telemetry-unreadable");
            LOG.debug("telemetry at {} is left out", heard.offset(), e);
        }
    }

    private void tell(Envelope<?> heard) {
        app.watchers().forEach(each -> each.hear(heard));
    }

    private void look() {
        Instant now = counted.instant();
        for (Watcher watcher : app.watchers()) {
            if (!now.isBefore(nextLook.computeIfAbsent(watcher, each -> now.plus(each.interval())))) {
                nextLook.put(watcher, now.plus(watcher.interval()));
                List<Command> follows = watcher.look(now, rows);
                if (leading.getAsBoolean()) {
                    follows.forEach(this::send);
                }
            }
        }
    }

    private void send(Command command) {
        Instant now = clock.instant();
        UUID id = EventIds.next(now);
        commands.send(new Request(id, id, null, Actor.service(app.name()), null, now), List.of(command));
    }

    private KafkaConsumer<String, byte[]> consumer() {
        Map<String, Object> settings = new HashMap<>(connection);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, METADATA_MILLIS);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }
}
