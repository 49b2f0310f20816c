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
import java.util.TreeMap;
import java.util.TreeSet;

/** The story of one thing, from the event log. */
public final class Story {
    /** The facts that say where a Linode is. */
    private static final Set<String> WHEREABOUTS = Set.of(
            "scheduler.LinodePlaced",
            "scheduler.LinodeMoved",
            "scheduler.LinodeReplaced",
            "scheduler.LinodeRecoveryPlaced");

    private static final int LONGEST_CHAIN = 200;
    private static final int WIDEST_DATA = 120;
    private static final int WIDEST_VALUE = 40;
    private static final int TIME_CHARACTERS = 12;

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

    /** One message on one line: when, about what, which one, and the short parts of what it says. */
    public static String line(JsonNode message) {
        String reason = message.path("reason").asText("");
        String about = message.path("aggregate_id").asText();
        return "%s  %-12s %-32s %s%s"
                .formatted(
                        time(message.path("occurred_at").asText()),
                        about.contains("/") ? about.substring(0, about.indexOf('/')) : about,
                        message.path("type").asText(),
                        brief(message.path("data")),
                        reason.isEmpty() || reason.equals("null") ? "" : "  (" + reason + ")");
    }

    private static String time(String instant) {
        int from = instant.indexOf('T') + 1;
        return instant.length() >= from + TIME_CHARACTERS ? instant.substring(from, from + TIME_CHARACTERS) : instant;
    }

    /** Plain values and hosts; lists and long texts are what one asks the history for. */
    static String brief(JsonNode data) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, JsonNode> field : data.properties()) {
            JsonNode value = field.getValue();
            String shown = value.has("host") ? value.path("host").asText() : value.isValueNode() ? value.asText() : "";
            if (shown.isEmpty() || value.isNull() || shown.length() > WIDEST_VALUE) {
                continue;
            }
            text.append(text.isEmpty() ? "" : " ")
                    .append(field.getKey())
                    .append('=')
                    .append(shown);
        }
        return text.length() > WIDEST_DATA ? text.substring(0, WIDEST_DATA - 1) + "…" : text.toString();
    }

    /** What differs between two states, a line for each value. */
    public static List<String> changes(JsonNode before, JsonNode after) {
        Map<String, String> old = new TreeMap<>();
        Map<String, String> now = new TreeMap<>();
        flatten("", before, old);
        flatten("", after, now);
        Set<String> paths = new TreeSet<>(old.keySet());
        paths.addAll(now.keySet());
        List<String> changes = new ArrayList<>();
        for (String path : paths) {
            String from = old.getOrDefault(path, "-");
            String to = now.getOrDefault(path, "-");
            if (!from.equals(to)) {
                changes.add(path + ": " + from + " → " + to);
            }
        }
        return changes;
    }

    private static void flatten(String path, JsonNode node, Map<String, String> leaves) {
        String prefix = path.isEmpty() ? "" : path + ".";
        if (node.isObject()) {
            node.properties().forEach(field -> flatten(prefix + field.getKey(), field.getValue(), leaves));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                flatten(prefix + i, node.get(i), leaves);
            }
        } else if (!node.isNull()) {
            leaves.put(path, node.asText());
        }
    }
}
