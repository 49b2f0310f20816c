package lpm.platform.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import lpm.contracts.Actor;
import lpm.contracts.Envelope;
import lpm.contracts.MigrationId;
import lpm.contracts.Upcasters;
import lpm.contracts.storage.StorageCommand;
import lpm.platform.toy.CounterCommand;
import lpm.platform.toy.CounterEvent;
import lpm.platform.toy.CounterState;
import lpm.platform.toy.Toy;
import org.junit.jupiter.api.Test;

class MessagesTest {
    private final Messages messages = new Messages(new Toy().app("toyjson"));

    sealed interface Shape {
        record Circle(double radius) implements Shape {}

        record Square(double side) implements Shape {}
    }

    record Drawing(Optional<Shape> main, List<Shape> others, Instant at) {}

    @Test
    void membersOfSealedInterfacesSayWhichTheyAre() {
        Drawing drawing = new Drawing(
                Optional.of(new Shape.Circle(1)),
                List.of(new Shape.Square(2)),
                Instant.parse("2026-01-02T03:04:05.678Z"));

        String json = Json.write(drawing);

        assertThat(json)
                .isEqualTo(
                        "{\"main\":{\"@type\":\"Circle\",\"radius\":1.0},\"others\":[{\"@type\":\"Square\",\"side\":2.0}],"
                                + "\"at\":\"2026-01-02T03:04:05.678Z\"}");
        assertThat(Json.read(json, Drawing.class)).isEqualTo(drawing);
    }

    @Test
    void statesOfEveryPhaseRoundTrip() {
        for (CounterState state :
                List.of(new CounterState.None(), new CounterState.Counting(3, 2, Optional.of(2L), List.of(1L, 1L)))) {
            assertThat(Json.read(Json.write(state), CounterState.class)).isEqualTo(state);
        }
    }

    @Test
    void messagesCarryNoTypeInTheirData() {
        assertThat(messages.write(new CounterEvent.Added("a", 1)))
                .isEqualTo(new Messages.Written("platform.Added", 1, "{\"counter\":\"a\",\"amount\":1}"));
        assertThat(messages.write(new CounterCommand.Add("a", 1)))
                .isEqualTo(new Messages.Written("toyjson.counter.Add", 1, "{\"counter\":\"a\",\"amount\":1}"));
    }

    @Test
    void unknownTypesAndFutureVersionsAreToldApart() {
        JsonNode data = Json.tree("{\"migration\":7}");
        assertThat(messages.read("storage.FinishMove", 1, data))
                .isEqualTo(new Messages.Reading.Known(new StorageCommand.FinishMove(new MigrationId(7))));
        assertThat(messages.read("storage.FinishMove", 2, data)).isInstanceOf(Messages.Reading.Unknown.class);
        assertThat(messages.read("java.lang.Runtime", 1, data)).isInstanceOf(Messages.Reading.Unknown.class);
        assertThatThrownBy(() -> messages.read("storage.FinishMove", 1, Json.tree("{\"migration\":-1}")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void fieldsAddedLaterMayBeMissingAndUnknownOnesAreIgnored() {
        assertThat(Json.read("{\"others\":[],\"at\":\"2026-01-02T03:04:05Z\",\"new\":1}", Drawing.class))
                .isEqualTo(new Drawing(Optional.empty(), List.of(), Instant.parse("2026-01-02T03:04:05Z")));
    }

    @Test
    void olderVersionsAreUpcastStepByStep() {
        Upcasters upcasters = new Upcasters(Map.of(
                new Upcasters.From("x.Y", 1), data -> with(data, "b", 1),
                new Upcasters.From("x.Y", 2), data -> with(data, "c", 2)));

        assertThat(upcasters.upcast("x.Y", 1, 3, Map.of("a", 0))).isEqualTo(Map.of("a", 0, "b", 1, "c", 2));
        assertThatThrownBy(() -> upcasters.upcast("x.Y", 0, 3, Map.of())).hasMessageContaining("x.Y version 0");
    }

    private static Map<String, Object> with(Map<String, Object> data, String name, Object value) {
        Map<String, Object> more = new HashMap<>(data);
        more.put(name, value);
        return more;
    }

    @Test
    void anEnvelopeLeavesOutWhatDoesNotApply() {
        UUID id = new UUID(1, 2);
        Envelope<Object> envelope = new Envelope<>(
                id,
                "storage.FinishMove",
                1,
                "move:7",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Instant.EPOCH,
                id,
                null,
                Actor.service("toy"),
                null,
                new StorageCommand.FinishMove(new MigrationId(7)));

        byte[] bytes = EnvelopeJson.write(envelope);

        assertThat(new String(bytes, StandardCharsets.UTF_8))
                .isEqualTo("{\"id\":\"" + id
                        + "\",\"type\":\"storage.FinishMove\",\"version\":1,\"aggregateId\":\"move:7\","
                        + "\"occurredAt\":\"1970-01-01T00:00:00Z\",\"correlationId\":\"" + id
                        + "\",\"actor\":{\"kind\":\"service\",\"id\":\"toy\"},\"data\":{\"migration\":7}}");
        assertThat(EnvelopeJson.read(bytes).withData(0)).isEqualTo(envelope.withData(0));
        assertThat(EnvelopeJson.write(envelope.withData(EnvelopeJson.raw("{\"migration\":7}"))))
                .isEqualTo(bytes);
    }

    @Test
    void whatIsNoEnvelopeIsRefused() {
        String deep = "[".repeat(Json.MAX_DEPTH + 1) + "]".repeat(Json.MAX_DEPTH + 1);
        for (String bad : List.of(
                "",
                "no json",
                "null",
                "[]",
                "{}",
                "{\"id\":\"x\"}",
                deep,
                "{\"a\":\"" + "x".repeat(70_000) + "\"}",
                "{} {}")) {
            assertThatThrownBy(() -> EnvelopeJson.read(bad.getBytes(StandardCharsets.UTF_8)))
                    .as(bad.substring(0, Math.min(20, bad.length())))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
