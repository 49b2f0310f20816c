package lpm.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The story of one thing, from the event log. */
public final class Story {
    /** The facts that say where a Linode is. */
    private static final Set<String> WHEREABOUTS = Set.of(
            "scheduler.LinodePlaced",
            "scheduler.LinodeMoved",
            "scheduler.LinodeReplaced",
            "scheduler.LinodeRecoveryPlaced");

    private static final int LONGEST_CHAIN = 200;
    private static final int WIDEST_DATA = 110;

    private Story() {}

    /** Every event of one aggregate with the state after it, oldest first. */
    public static List<JsonNode> events(Api operator, String type, String id) {
        return operator.list("/ops/v1/streams/" + type + "/" + id + "/events");
    }

    /** Why a Linode is where it is: the messages that lead to its last placement, first cause first. */
    public static List<JsonNode> why(Api operator, String type, String id) {
        JsonNode last = events(operator, type, id).stream()
                .filter(event -> WHEREABOUTS.contains(event.path("type").asText()))
                .reduce((_, later) -> later)
                .orElseThrow(() -> new ApiFailure(
                        ApiFailure.UNREACHABLE, "Expected that " + type + " " + id + " was placed once; it was not."));
        ObjectNode filter =
                Api.object().put("correlation_id", last.path("correlation_id").asText());
        return chain(last, operator.list("/ops/v1/audit", filter));
    }

    /** From a message back along its causes; what account's log has not got yet is left out. */
    static List<JsonNode> chain(JsonNode last, List<JsonNode> all) {
        Map<String, JsonNode> byId = new HashMap<>();
        all.forEach(message -> byId.put(message.path("id").asText(), message));
        Deque<JsonNode> chain = new ArrayDeque<>();
        Set<String> seen = new HashSet<>();
        JsonNode current = last;
        while (current != null
                && chain.size() < LONGEST_CHAIN
                && seen.add(current.path("id").asText())) {
            chain.addFirst(current);
            current = byId.get(current.path("causation_id").asText());
        }
        return new ArrayList<>(chain);
    }

    /** One message on one line. */
    public static String line(JsonNode message) {
        String data = message.path("data").toString();
        String reason = message.path("reason").asText("");
        return "%s  %-18s %-34s %s%s"
                .formatted(
                        message.path("occurred_at").asText(),
                        message.path("aggregate_id").asText(),
                        message.path("type").asText(),
                        data.length() > WIDEST_DATA ? data.substring(0, WIDEST_DATA - 1) + "…" : data,
                        reason.isEmpty() || reason.equals("null") ? "" : "  (" + reason + ")");
    }
}
