package lpm.platform.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import lpm.contracts.Actor;
import lpm.contracts.Command;
import lpm.contracts.Envelope;
import lpm.contracts.HostId;
import lpm.contracts.HostRef;
import lpm.contracts.host.Telemetry;
import lpm.platform.App;
import lpm.platform.Commands.Outcome;
import lpm.platform.Lookup;
import lpm.platform.Query;
import lpm.platform.StoreUnavailable;
import lpm.platform.Watcher;
import lpm.platform.json.EnvelopeJson;
import lpm.platform.runtime.AxonRuntime;
import lpm.platform.toy.CounterCommand.Add;
import lpm.platform.toy.CounterCommand.Open;
import lpm.platform.toy.CounterState;
import lpm.platform.toy.Database;
import lpm.platform.toy.Toy;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What two services come to together, also when something is away. */
class KafkaEdgeTest extends TwoServices {
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

    /** Counts beats; each look adds what was heard since the last. */
    private static final class BeatCounter implements Watcher {
        private long beats;

        @Override
        public Duration interval() {
            return Duration.ofMillis(50);
        }

        @Override
        public void hear(Envelope<?> telemetry) {
            beats += telemetry.data() instanceof Telemetry.Heartbeat ? 1 : 0;
        }

        @Override
        public List<Command> look(Instant now, Lookup rows) {
            long heard = beats;
            beats = 0;
            return heard == 0 ? List.of() : List.of(new Add("a", heard));
        }
    }

    @Test
    void watchersHearTelemetryAndActOnIt() {
        App plain = toy.app(listener);
        AxonRuntime runtime = start(new App(
                listener, List.of(), true, plain.features(), List.of(), plain.known(), List.of(new BeatCounter())));
        send(runtime, new Open("a", 1_000));
        UUID id = UUID.randomUUID();
        Envelope<Object> beat = new Envelope<>(
                id,
                "host.Heartbeat",
                1,
                "host:h1",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Instant.now(),
                id,
                null,
                Actor.service("h1"),
                null,
                new Telemetry.Heartbeat(new HostRef(new HostId("h1"), 1), true, 0.5, 100, List.of()));

        soon().until(() -> {
            publish("lpm.host.telemetry", "host:h1", "nonsense".getBytes(StandardCharsets.UTF_8));
            publish("lpm.host.telemetry", "host:h1", EnvelopeJson.write(beat));
            return !amounts(runtime, "a").isEmpty();
        });
        assertThat(runtime.parked().count()).isZero();
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
