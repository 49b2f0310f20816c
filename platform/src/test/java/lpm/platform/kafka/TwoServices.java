package lpm.platform.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import lpm.contracts.Actor;
import lpm.contracts.Command;
import lpm.contracts.Envelope;
import lpm.platform.App;
import lpm.platform.Commands.Outcome;
import lpm.platform.json.EnvelopeJson;
import lpm.platform.runtime.AxonRuntime;
import lpm.platform.toy.CounterEvent;
import lpm.platform.toy.Database;
import lpm.platform.toy.Toy;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Toy services over a real broker and a real PostgreSQL. */
abstract class TwoServices {
    private static final AtomicInteger ROUND = new AtomicInteger();
    static final Broker broker = Broker.shared();

    final Toy toy = new Toy();
    private final List<AxonRuntime> started = new ArrayList<>();
    String teller;
    String listener;

    @BeforeEach
    void freshTopics() {
        int round = ROUND.incrementAndGet();
        teller = "teller" + round;
        listener = "listener" + round;
        broker.makeTopic("lpm." + teller + ".events", 3);
        broker.makeTopic("lpm." + listener + ".parked", 1);
        broker.makeTopic("lpm." + listener + ".events", 3);
        Database.fresh(teller);
        Database.fresh(listener);
    }

    @AfterEach
    void stop() {
        started.forEach(AxonRuntime::close);
    }

    AxonRuntime start(String name, Pattern... reads) {
        return start(toy.app(name, reads));
    }

    AxonRuntime start(App app) {
        return start(app, Optional.empty());
    }

    AxonRuntime start(App app, Optional<String> replica) {
        AxonRuntime runtime = new AxonRuntime(
                app,
                new AxonRuntime.Surroundings(
                        Database.source(), broker.connection(), Clock.systemUTC(), new SimpleMeterRegistry(), replica),
                () -> {});
        runtime.start();
        started.add(runtime);
        return runtime;
    }

    AxonRuntime startListener() {
        AxonRuntime runtime = start(listener, Pattern.compile("lpm\\." + teller + "\\.events"));
        soon().until(() -> runtime.condition().inboxAssigned());
        return runtime;
    }

    static ConditionFactory soon() {
        return Awaitility.await().atMost(30, TimeUnit.SECONDS).pollInterval(Duration.ofMillis(50));
    }

    static void send(AxonRuntime runtime, Command... unit) {
        assertThat(runtime.send(Toy.request(), List.of(unit))).isInstanceOf(Outcome.Accepted.class);
    }

    static List<Long> amounts(AxonRuntime runtime, String counter) {
        return runtime.streams().read("counter:" + counter, 0, 1_000).stream()
                .map(each -> each.event().data())
                .filter(CounterEvent.Added.class::isInstance)
                .map(each -> ((CounterEvent.Added) each).amount())
                .toList();
    }

    void publish(String topic, String key, byte[] value) {
        try (KafkaPublisher publisher = new KafkaPublisher(broker.connection())) {
            publisher.send(topic, key, "test", value);
            publisher.awaitAcks();
        }
    }

    static Envelope<Object> event(String counter, long sequence, CounterEvent data, String type, int version) {
        UUID id = UUID.randomUUID();
        return new Envelope<>(
                id,
                type,
                version,
                "counter:" + counter,
                sequence,
                null,
                null,
                null,
                null,
                id,
                null,
                Instant.now(),
                id,
                null,
                Actor.service("test"),
                null,
                data);
    }

    void tell(String counter, long sequence, CounterEvent data) {
        String type = "platform." + data.getClass().getSimpleName();
        publish(
                "lpm." + teller + ".events",
                "counter:" + counter,
                EnvelopeJson.write(event(counter, sequence, data, type, 1)));
    }
}
