package lpm.platform.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import lpm.contracts.Actor;
import lpm.contracts.Cause;
import lpm.contracts.Envelope;
import lpm.contracts.MigrationId;
import lpm.contracts.storage.StorageCommand;
import lpm.platform.Parked.Source;
import lpm.platform.json.EnvelopeJson;
import lpm.platform.runtime.AxonRuntime;
import lpm.platform.toy.CounterCommand.Open;
import lpm.platform.toy.CounterEvent;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What the inbox does about duplicates, poison, holes and commands. */
class KafkaInboxTest extends TwoServices {
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
    void aNamedReplicaReadsTopicsThatWereMadeWhileItWasAway() {
        String topic = "lpm." + teller + "-late.events";
        Pattern both = Pattern.compile("lpm\\." + teller + "(-late)?\\.events");
        try (AxonRuntime first = start(toy.app(listener, both), Optional.of("0"))) {
            soon().until(() -> first.condition().inboxAssigned());
        }
        broker.makeTopic(topic, 3);
        AxonRuntime second = start(toy.app(listener, both), Optional.of("0"));
        publish(
                topic,
                "counter:a",
                EnvelopeJson.write(event("a", 0, new CounterEvent.Opened("a", 100), "platform.Opened", 1)));
        publish(
                topic,
                "counter:a",
                EnvelopeJson.write(event("a", 1, new CounterEvent.Added("a", 5), "platform.Added", 1)));

        soon().until(() -> amounts(second, "copy-a").equals(List.of(5L)));
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
}
