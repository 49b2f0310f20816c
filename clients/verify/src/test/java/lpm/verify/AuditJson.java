package lpm.verify;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.Objects;
import lpm.contracts.Envelope;
import lpm.verify.history.Entry;
import lpm.verify.history.Place;

/** Rows of the audit as account writes them. */
final class AuditJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModules(new Jdk8Module(), new JavaTimeModule())
            .build();

    private AuditJson() {}

    static String row(long position, Entry record) {
        Place.OnTopic on = (Place.OnTopic) record.place();
        Envelope<Record> it = record.message();
        ObjectNode row = MAPPER.createObjectNode()
                .put("position", position)
                .put("kind", on.topic().contains(".commands") ? "command" : "event")
                .put("topic", on.topic())
                .put("partition", on.partition())
                .put("offset", on.offset())
                .put("key", on.key())
                .put("id", it.id().toString())
                .put("type", it.type())
                .put("version", it.version())
                .put("aggregate_id", it.aggregateId())
                .put("sequence", it.sequence())
                .put("account_id", it.accountId())
                .put("correlation_id", it.correlationId().toString())
                .put("causation_id", it.causationId() == null ? null : Objects.toString(it.causationId()))
                .put("reason", it.reason())
                .put("occurred_at", it.occurredAt().toString());
        row.putObject("actor")
                .put("kind", it.actor().kind().name())
                .put("id", it.actor().id());
        row.set("data", MAPPER.valueToTree(it.data()));
        return row.toString();
    }
}
