package lpm.platform.store;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import lpm.contracts.Actor;
import lpm.contracts.Envelope;
import lpm.platform.Request;
import lpm.platform.Scope;
import org.jspecify.annotations.Nullable;

/** What an event carries beside its data, as the store keeps it. */
public final class EventMeta {
    private EventMeta() {}

    public static Map<String, Object> of(Request request, Scope scope) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("commandId", request.commandId().toString());
        all.put("correlationId", request.correlationId().toString());
        all.put(
                "causationId",
                request.causationId() == null ? null : request.causationId().toString());
        all.put("actorKind", request.actor().kind().name());
        all.put("actorId", request.actor().id());
        all.put("reason", request.reason());
        all.put("accountId", scope.account() == null ? null : scope.account().value());
        all.put("ownerEpoch", scope.ownerEpoch());
        all.put("hostEpoch", scope.hostEpoch());
        Map<String, Object> present = new LinkedHashMap<>();
        all.forEach((name, value) -> Optional.ofNullable(value).ifPresent(found -> present.put(name, found)));
        return present;
    }

    /** The envelope of an event; {@code meta} is what {@link #of} gave, possibly read back from JSON. */
    public static <D> Envelope<D> envelope(StoredIdentity identity, Map<String, ?> meta, D data) {
        return new Envelope<>(
                identity.id(),
                identity.type(),
                identity.version(),
                identity.aggregateId(),
                identity.sequence(),
                null,
                find(meta, "accountId", EventMeta::number),
                find(meta, "ownerEpoch", EventMeta::number),
                find(meta, "hostEpoch", EventMeta::number),
                find(meta, "commandId", EventMeta::uuid),
                null,
                identity.occurredAt(),
                uuid(required(meta, "correlationId")),
                find(meta, "causationId", EventMeta::uuid),
                new Actor(
                        Actor.Kind.valueOf(required(meta, "actorKind").toString()),
                        required(meta, "actorId").toString()),
                find(meta, "reason", Object::toString),
                data);
    }

    private static <T> @Nullable T find(Map<String, ?> meta, String name, Function<Object, T> read) {
        Object value = meta.get(name);
        return value == null ? null : read.apply(value);
    }

    private static Object required(Map<String, ?> meta, String name) {
        Object value = meta.get(name);
        if (value == null) {
            throw new IllegalStateException("a stored event lacks " + name);
        }
        return value;
    }

    private static Long number(Object value) {
        return ((Number) value).longValue();
    }

    private static UUID uuid(Object value) {
        return UUID.fromString(value.toString());
    }

    /** Which event it is. */
    public record StoredIdentity(
            UUID id, String type, int version, String aggregateId, long sequence, Instant occurredAt) {}
}
