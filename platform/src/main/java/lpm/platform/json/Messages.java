package lpm.platform.json;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lpm.contracts.Command;
import lpm.contracts.MessageTypes;
import lpm.contracts.Upcasters;
import lpm.contracts.Vocabulary;
import lpm.platform.App;
import lpm.platform.Feature;
import lpm.platform.Planner;
import org.jspecify.annotations.Nullable;

/** Every message this service can read or write, by logical name: the vocabulary and the service's own commands. */
public final class Messages {
    private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};

    private final MessageTypes shared;
    private final Map<String, Class<? extends Record>> own = new HashMap<>();
    private final Map<Class<?>, String> ownNames = new HashMap<>();
    private final Upcasters upcasters;

    public Messages(App app) {
        this(app, Upcasters.ALL);
    }

    public Messages(App app, Upcasters upcasters) {
        this.upcasters = upcasters;
        List<Class<?>> vocabularies =
                new ArrayList<>(Stream.of(Vocabulary.EVENTS, Vocabulary.COMMANDS, Vocabulary.TELEMETRY)
                        .flatMap(List::stream)
                        .toList());
        app.features().stream().map(Feature::events).forEach(vocabularies::add);
        shared = new MessageTypes(vocabularies);
        for (Feature<?, ?, ?> feature : app.features()) {
            register(app.name() + "." + feature.name() + ".", feature.commandTypes());
        }
        for (Planner<?> planner : app.planners()) {
            register(app.name() + ".plan.", MessageTypes.records(planner.question()));
        }
    }

    private void register(String prefix, List<Class<? extends Record>> types) {
        for (Class<? extends Record> type : types) {
            String name = prefix + type.getSimpleName();
            Class<?> previous = own.putIfAbsent(name, type);
            if (previous != null && previous != type) {
                throw new IllegalArgumentException("two commands share the name " + name);
            }
            ownNames.put(type, name);
        }
    }

    /** The logical name of a message class. */
    public String nameOf(Class<?> type) {
        String name = ownNames.get(type);
        return name != null ? name : MessageTypes.nameOf(type);
    }

    /** The class of a logical name, or null. */
    public @Nullable Class<? extends Record> classOf(String name) {
        Class<? extends Record> type = own.get(name);
        return type != null ? type : shared.find(name).orElse(null);
    }

    /** Whether a command is one of this service's own. */
    public boolean isOwn(Command command) {
        return ownNames.containsKey(command.getClass());
    }

    /** A message as name, version and JSON. */
    public Written write(Record message) {
        Class<?> type = message.getClass();
        return new Written(nameOf(type), MessageTypes.versionOf(type), Json.write(message));
    }

    /** Reads a message, brought up to the current version first. Throws if it is known but not well formed. */
    public Reading read(String name, int version, JsonNode data) {
        Class<? extends Record> type = classOf(name);
        if (type == null) {
            return new Reading.Unknown("unknown type " + name);
        }
        int current = MessageTypes.versionOf(type);
        if (version > current) {
            return new Reading.Unknown("version " + version + " of " + name + " is newer than " + current);
        }
        return new Reading.Known(Json.convert(upcast(name, version, current, data), type));
    }

    /** Data of an older version in that of a newer one. */
    public JsonNode upcast(String name, int version, int current, JsonNode data) {
        if (version == current) {
            return data;
        }
        Map<String, Object> tree = Json.MAPPER.convertValue(data, TREE);
        return Json.MAPPER.valueToTree(upcasters.upcast(name, version, current, tree));
    }

    /** Reads a message this service itself wrote: one that it does not know is a bug. */
    public Record readOwn(String name, int version, String json) {
        Class<? extends Record> type = classOf(name);
        if (type != null && MessageTypes.versionOf(type) == version) {
            return Json.read(json, type);
        }
        return switch (read(name, version, Json.tree(json))) {
            case Reading.Known known -> known.message();
            case Reading.Unknown unknown -> throw new IllegalStateException(unknown.why());
        };
    }

    /** A message as text. */
    public record Written(String type, int version, String json) {}

    /** What came of reading. */
    public sealed interface Reading {
        /** A message of the current version. */
        record Known(Record message) implements Reading {}

        /** Nothing this version of the service can understand. */
        record Unknown(String why) implements Reading {}
    }
}
