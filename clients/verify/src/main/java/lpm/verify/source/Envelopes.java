package lpm.verify.source;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import lpm.contracts.Envelope;
import lpm.contracts.MessageTypes;
import lpm.contracts.Upcasters;
import lpm.contracts.Vocabulary;
import lpm.verify.history.Unknown;

/** Reads messages by the contracts alone, with a mapper of its own. */
public final class Envelopes {
    static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModules(new Jdk8Module(), new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
            .build();

    private static final TypeReference<Envelope<JsonNode>> ENVELOPE = new TypeReference<>() {};
    private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};

    private Envelopes() {}

    /** Reads the value of a topic's record. Throws if it is no message. */
    public static Envelope<Record> read(byte[] value) throws IOException {
        return decode(MAPPER.readValue(value, ENVELOPE));
    }

    /** The same envelope with its data as a record, where its type and version are known. */
    public static Envelope<Record> decode(Envelope<JsonNode> envelope) throws IOException {
        if (envelope.id() == null || envelope.type() == null || envelope.aggregateId() == null) {
            throw new IOException("a message without id, type or aggregate");
        }
        Optional<Class<? extends Record>> type = Vocabulary.TYPES
                .find(envelope.type())
                .filter(each -> envelope.version() <= MessageTypes.versionOf(each));
        return envelope.withData(type.isPresent() ? data(envelope, type.get()) : new Unknown(envelope.data()));
    }

    private static Record data(Envelope<JsonNode> envelope, Class<? extends Record> type) throws IOException {
        int current = MessageTypes.versionOf(type);
        if (envelope.version() == current) {
            return MAPPER.treeToValue(envelope.data(), type);
        }
        Map<String, Object> tree = MAPPER.convertValue(envelope.data(), TREE);
        return MAPPER.convertValue(Upcasters.ALL.upcast(envelope.type(), envelope.version(), current, tree), type);
    }
}
