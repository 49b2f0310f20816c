package lpm.platform.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import lpm.contracts.Actor;
import lpm.contracts.Cause;
import lpm.contracts.Envelope;
import lpm.contracts.MigrationId;
import lpm.contracts.storage.StorageCommand;
import lpm.platform.Commands.Outcome;
import lpm.platform.Parked.Source;
import lpm.platform.Query;
import lpm.platform.StoreUnavailable;
import lpm.platform.json.EnvelopeJson;
import lpm.platform.runtime.AxonRuntime;
import lpm.platform.toy.CounterCommand.Add;
import lpm.platform.toy.CounterCommand.Open;
import lpm.platform.toy.CounterEvent;
import lpm.platform.toy.CounterState;
import lpm.platform.toy.Database;
import lpm.platform.toy.Toy;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two toy services over a real broker and a real PostgreSQL. */
class KafkaEdgeTest {
    private static final AtomicInteger ROUND = new AtomicInteger();
    private static Broker broker;

    private final Toy toy = new Toy();
    private final List<AxonRuntime> started = new ArrayList<>();
    private String teller;
    private String listener;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = Broker.start();
        broker.makeTopic("lpm.account.pulse", 1);
        broker.makeTopic("lpm.storage.commands", 3);
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.delete();
    }

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

    private AxonRuntime start(String name, Pattern... reads) {
        AxonRuntime runtime = new AxonRuntime(
                toy.app(name, reads),
                new AxonRuntime.Surroundings(
                        Database.source(), broker.connection(), Clock.systemUTC(), new SimpleMeterRegistry()),
                () -> {});
        runtime.start();
        started.add(runtime);
        return runtime;
    }

    private AxonRuntime startListener() {
        AxonRuntime runtime = start(listener, Pattern.compile("lpm\\." + teller + "\\.events"));
        soon().until(() -> runtime.condition().inboxAssigned());
        return runtime;
    }

    private static ConditionFactory soon() {
        return Awaitility.await().atMost(30, TimeUnit.SECONDS).pollInterval(Duration.ofMillis(50));
    }

    private static void send(AxonRuntime runtime, lpm.contracts.Command... unit) {
        assertThat(runtime.send(Toy.request(), List.of(unit))).isInstanceOf(Outcome.Accepted.class);
    }

    private static List<Long> amounts(AxonRuntime runtime, String counter) {
        return runtime.streams().read("counter:" + counter, 0, 1_000).stream()
                .map(each -> each.event().data())
                .filter(CounterEvent.Added.class::isInstance)
                .map(each -> ((CounterEvent.Added) each).amount())
                .toList();
    }

    private void publish(String topic, String key, byte[] value) {
        try (KafkaPublisher publisher = new KafkaPublisher(broker.connection())) {
            publisher.send(topic, key, "test", value);
            publisher.awaitAcks();
        }
    }

    private static Envelope<Object> event(String counter, long sequence, CounterEvent data, String type, int version) {
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

    private void tell(String counter, long sequence, CounterEvent data) {
        String type = "platform." + data.getClass().getSimpleName();
        publish(
                "lpm." + teller + ".events",
                "counter:" + counter,
                EnvelopeJson.write(event(counter, sequence, data, type, 1)));
    }

    @Test
    void whatOneServiceStoresTheOtherHearsInOrder() {
        AxonRuntime from = start(teller);
        AxonRuntime to = startListener();
        List<Envelope<?>> heard = new CopyOnWriteArrayList<>();
        to.onHeard(heard::add);
        send(from, new Open("a", 100_000), new Open("b", 100_000));
        for (int i = 1; i <= 100; i++) {
            send(from, new Add("a", 100 + i), new Add("b", 200 + i));
        }

        soon().until(() ->
                amounts(to, "copy-a").size() == 100 && amounts(to, "copy-b").size() == 100);

        assertThat(amounts(to, "copy-a"))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(101, 200).boxed().toList());
        assertThat(to.rows().get(Toy.KNOWN, "b", Toy.Row.class)).contains(new Toy.Row("b", 300));
        soon().until(() -> heard.size() == 202);
        Envelope<?> copied =
                to.streams().read("counter:copy-a", 1, 1).getFirst().event();
        Envelope<?> original = from.streams().read("counter:a", 1, 1).getFirst().event();
        assertThat(copied.causationId()).isEqualTo(original.id());
        assertThat(copied.correlationId()).isEqualTo(original.correlationId());
        assertThat(copied.actor()).isEqualTo(original.actor());
    }

    @Test
    void duplicatesAreIgnored() {
        AxonRuntime to = startListener();
        tell("a", 0, new CounterEvent.Opened("a", 100));
        for (int i = 0; i < 3; i++) {
            tell("a", 0, new CounterEvent.Opened("a", 100));
            tell("a", 1, new CounterEvent.Added("a", 5));
        }
        tell("a", 2, new CounterEvent.Added("a", 6));

        soon().until(() -> amounts(to, "copy-a").contains(6L));
        assertThat(amounts(to, "copy-a")).containsExactly(5L, 6L);
    }

    @Test
    void poisonIsParkedWithLaterRecordsOfItsKeyWhileOthersFlow() {
        AxonRuntime to = startListener();
        tell("a", 0, new CounterEvent.Opened("a", 100));
        tell("b", 0, new CounterEvent.Opened("b", 100));
        tell("c", 0, new CounterEvent.Opened("c", 100));
        publish("lpm." + teller + ".events", "counter:x", "not json".getBytes(StandardCharsets.UTF_8));
        tell("a", 1, new CounterEvent.Added("a", 66));
        tell("a", 2, new CounterEvent.Added("a", 6));
        publish(
                "lpm." + teller + ".events",
                "counter:b",
                EnvelopeJson.write(event("b", 1, new CounterEvent.Added("b", 1), "platform.Added", 99)));
        tell("b", 2, new CounterEvent.Added("b", 3));
        tell("c", 1, new CounterEvent.Added("c", 4));

        soon().until(() ->
                amounts(to, "copy-c").equals(List.of(4L)) && to.parked().count() == 5);

        assertThat(amounts(to, "copy-a")).isEmpty();
        assertThat(amounts(to, "copy-b")).isEmpty();
        String topic = "lpm." + teller + ".events/";
        assertThat(to.parked().list())
                .extracting(each -> each.key())
                .containsExactlyInAnyOrder(
                        topic + "counter:x",
                        topic + "counter:a",
                        topic + "counter:a",
                        topic + "counter:b",
                        topic + "counter:b");
        assertThat(to.condition().isReady()).isTrue();

        toy.deaf = false;
        assertThat(to.parked().release(Source.inbox, topic + "counter:a")).isEqualTo(2);
        tell("a", 3, new CounterEvent.Added("a", 5));
        soon().until(() -> amounts(to, "copy-a").equals(List.of(66L, 6L, 5L)));
        assertThat(to.parked().count()).isEqualTo(3);
    }

    @Test
    void aMissingRecordStopsItsPartitionAndIsSaid() {
        AxonRuntime to = startListener();
        tell("a", 0, new CounterEvent.Opened("a", 100));
        tell("a", 2, new CounterEvent.Added("a", 6));
        tell("a", 3, new CounterEvent.Added("a", 7));

        soon().until(() -> !to.condition().holes().isEmpty());

        assertThat(to.condition().isReady()).isFalse();
        assertThat(to.condition().holes().values())
                .singleElement()
                .asString()
                .contains("counter:a before number 2 is missing");
        assertThat(amounts(to, "copy-a")).isEmpty();
        assertThat(to.parked().count()).isZero();
    }

    @Test
    void aRestartGoesOnWhereTheStoredEffectsEnd() {
        AxonRuntime from = start(teller);
        AxonRuntime first = startListener();
        send(from, new Open("a", 100_000));
        for (int i = 1; i <= 60; i++) {
            send(from, new Add("a", 100 + i));
            if (i == 30) {
                first.close();
            }
        }

        AxonRuntime second = startListener();

        soon().until(() -> amounts(second, "copy-a").size() >= 60);
        assertThat(amounts(second, "copy-a"))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(101, 160).boxed().toList());
    }

    @Test
    void commandsAreTakenOncePerCauseAndNotAfterTheirTime() {
        AxonRuntime to = start(listener, Pattern.compile("lpm\\.storage\\.commands"));
        soon().until(() -> to.condition().inboxAssigned());
        send(to, new Open("moves", 10_000));
        Instant past = Instant.now().minusSeconds(1);
        command(101, 1, null);
        command(101, 1, null);
        command(102, 1, null);
        command(101, 2, past);
        command(101, 0, null);
        command(101, 3, null);

        soon().until(() -> amounts(to, "moves").size() >= 3);

        Awaitility.await()
                .during(Duration.ofMillis(300))
                .until(() -> amounts(to, "moves").size() == 3);
        assertThat(amounts(to, "moves")).containsExactlyInAnyOrder(101L, 102L, 101L);
    }

    /** A command to another aggregate is another stream, although its cause is the same. */
    private void command(long migration, long number, Instant notAfter) {
        UUID id = UUID.randomUUID();
        StorageCommand command = new StorageCommand.FinishMove(new MigrationId(migration));
        publish(
                "lpm.storage.commands",
                command.aggregateId(),
                EnvelopeJson.write(new Envelope<>(
                        id,
                        "storage.FinishMove",
                        1,
                        command.aggregateId(),
                        null,
                        new Cause(teller, "counter:a", number),
                        null,
                        null,
                        null,
                        null,
                        notAfter,
                        Instant.now(),
                        id,
                        null,
                        Actor.service(teller),
                        null,
                        command)));
    }

    @Test
    void ownCommandsAndRemindersFollowByThemselves() {
        AxonRuntime runtime = start(teller);
        send(runtime, new Open("a", 100));
        send(runtime, new Add("a", 8), new Add("a", 9));

        soon().until(() -> amounts(runtime, "a").size() == 4);

        assertThat(amounts(runtime, "a")).containsExactly(8L, 9L, 1L, 2L);
        CounterState.Counting state = (CounterState.Counting) runtime.streams()
                .read("counter:a", 4, 1)
                .getFirst()
                .stateAfter()
                .orElseThrow();
        assertThat(state.total()).isEqualTo(20);
    }

    @Test
    void whileKafkaIsAwayCommandsAreTakenAndAllCatchesUp() throws Exception {
        AxonRuntime from = start(teller);
        AxonRuntime to = startListener();
        send(from, new Open("a", 100_000));
        broker.stop();
        for (int i = 1; i <= 20; i++) {
            send(from, new Add("a", 100 + i));
        }
        broker.restart();

        Awaitility.await()
                .atMost(60, TimeUnit.SECONDS)
                .until(() -> amounts(to, "copy-a").size() == 20);
        assertThat(amounts(to, "copy-a"))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(101, 120).boxed().toList());
        assertThat(to.rows().count(Toy.KNOWN, Query.all())).isEqualTo(1);
    }

    @Test
    void whenTheStoreDropsEveryConnectionAllGoesOn() {
        AxonRuntime from = start(teller);
        AxonRuntime to = startListener();
        send(from, new Open("a", 100_000), new Add("a", 101));
        soon().until(() -> amounts(to, "copy-a").equals(List.of(101L)));

        Database.dropConnections();
        soon().ignoreExceptionsInstanceOf(StoreUnavailable.class)
                .until(() -> from.send(Toy.request(), List.of(new Add("a", 102))) instanceof Outcome.Accepted);

        soon().ignoreExceptionsInstanceOf(StoreUnavailable.class)
                .until(() -> amounts(to, "copy-a").equals(List.of(101L, 102L)));
        soon().until(() -> from.condition().isReady() && to.condition().isReady());
    }

    @Test
    void onlyOneReplicaPublishesAndAnotherTakesOver() {
        AxonRuntime first = start(teller);
        soon().until(() -> first.condition().leading());
        AxonRuntime second = start(teller);
        AxonRuntime to = startListener();
        assertThat(second.condition().leading()).isFalse();
        send(second, new Open("a", 100_000), new Add("a", 101));
        soon().until(() -> amounts(to, "copy-a").equals(List.of(101L)));

        first.close();
        soon().until(() -> second.condition().leading());
        send(second, new Add("a", 102));

        soon().until(() -> amounts(to, "copy-a").equals(List.of(101L, 102L)));
    }
}
