package lpm.platform.axon;

import java.util.HashMap;
import java.util.Map;
import lpm.contracts.Event;
import lpm.contracts.MessageTypes;
import lpm.platform.App;
import lpm.platform.Feature;
import lpm.platform.json.Json;
import lpm.platform.json.Messages;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.json.JacksonSerializer;

/**
 * Readable JSON under logical names: events by wire name and version, states (for snapshots) by feature and a hash of
 * their shape. No class name is ever stored.
 */
final class ContractSerializer extends JacksonSerializer {
    private static final String STATE = "state:";
    private static final String META = "meta";

    /** How long one event may be, in characters: it must fit into a Kafka record. */
    static final int MAX_EVENT_CHARS = 256 * 1024;

    private final Messages messages;
    private final Map<String, Class<?>> states = new HashMap<>();
    private final Map<String, String> shapes = new HashMap<>();

    ContractSerializer(App app, Messages messages) {
        super(JacksonSerializer.builder().objectMapper(Json.MAPPER.copy()));
        this.messages = messages;
        for (Feature<?, ?, ?> feature : app.features()) {
            states.put(STATE + feature.name(), feature.states());
            shapes.put(STATE + feature.name(), Shape.of(feature.states()));
        }
    }

    /** The shapes that stored states must have to be read: those of today's records. */
    String[] currentShapes() {
        return shapes.values().toArray(String[]::new);
    }

    @Override
    public <T> SerializedObject<T> serialize(Object object, Class<T> representation) {
        SerializedObject<T> serialized = super.serialize(object, representation);
        if (object instanceof Event && serialized.getData() instanceof String text && text.length() > MAX_EVENT_CHARS) {
            throw new IllegalArgumentException(
                    serialized.getType().getName() + " is too large to be stored: " + text.length() + " characters");
        }
        return serialized;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public SerializedType typeForClass(Class type) {
        if (MetaData.class.isAssignableFrom(type)) {
            return new SimpleSerializedType(META, "1");
        }
        for (Map.Entry<String, Class<?>> state : states.entrySet()) {
            if (state.getValue().isAssignableFrom(type)) {
                return new SimpleSerializedType(state.getKey(), shapes.get(state.getKey()));
            }
        }
        return new SimpleSerializedType(messages.nameOf(type), String.valueOf(MessageTypes.versionOf(type)));
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class classForType(SerializedType type) {
        if (type.getName().equals(META) || type.getName().equals(MetaData.class.getName())) {
            return MetaData.class;
        }
        Class<?> state = states.get(type.getName());
        if (state != null) {
            return state;
        }
        Class<?> message = messages.classOf(type.getName());
        if (message == null) {
            throw new IllegalStateException("the store holds an event of unknown type " + type.getName());
        }
        int known = MessageTypes.versionOf(message);
        if (Integer.parseInt(type.getRevision()) > known) {
            throw new IllegalStateException("the store holds " + type.getName() + " in version " + type.getRevision()
                    + ", newer than " + known);
        }
        return message;
    }
}
