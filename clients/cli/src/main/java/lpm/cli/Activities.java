package lpm.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Waiting by the customer's activity feed, the way every client of this API does. */
public final class Activities {
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Api api;

    public Activities(Api api) {
        this.api = api;
    }

    /** The newest activity's id: what comes later has a higher one. */
    public long last() {
        ObjectNode filter = Api.object().put("+order_by", "id").put("+order", "desc");
        List<JsonNode> newest = api.list("/v4/account/events", filter);
        return newest.isEmpty() ? 0 : newest.getFirst().path("id").asLong();
    }

    /** All activities of one thing after a given one, oldest first. */
    public List<JsonNode> of(String entityType, long entityId, long after) {
        ObjectNode filter = Api.object()
                .put("entity.type", entityType)
                .put("entity.id", entityId)
                .put("+order_by", "id")
                .put("+order", "asc");
        filter.putObject("id").put("+gt", after);
        return api.list("/v4/account/events", filter);
    }

    /** Waits for one action on one thing to end well, and tells of its progress. */
    public JsonNode finished(
            String action, String entityType, long entityId, long after, Duration limit, Consumer<JsonNode> progress) {
        String expected = action + " of " + entityType + " " + entityId + " finished";
        long deadline = System.nanoTime() + limit.toNanos();
        String found = "no such event";
        while (true) {
            for (JsonNode activity : of(entityType, entityId, after)) {
                if (activity.path("action").asText().equals(action)) {
                    progress.accept(activity);
                    found = "it " + activity.path("status").asText() + " at "
                            + activity.path("percent_complete").asInt() + " %";
                    if (ended(activity)) {
                        return well(activity, expected);
                    }
                }
            }
            pauseUntil(deadline, expected, limit, found);
        }
    }

    /** Waits until something of a thing has begun, and nothing is planned or under way any more. */
    public void settled(String entityType, long entityId, long after, Duration limit, Consumer<JsonNode> progress) {
        long deadline = System.nanoTime() + limit.toNanos();
        String expected = "all events of " + entityType + " " + entityId + " ended";
        while (true) {
            List<JsonNode> all = of(entityType, entityId, after);
            all.forEach(progress);
            List<JsonNode> open = all.stream().filter(a -> !ended(a)).toList();
            if (open.isEmpty() && !all.isEmpty()) {
                all.forEach(activity -> well(activity, expected));
                return;
            }
            String found =
                    all.isEmpty() ? "none" : open.getFirst().path("action").asText() + " still open";
            pauseUntil(deadline, expected, limit, found);
        }
    }

    private static boolean ended(JsonNode activity) {
        String status = activity.path("status").asText();
        return !status.equals("scheduled") && !status.equals("started");
    }

    private static JsonNode well(JsonNode activity, String expected) {
        if (activity.path("status").asText().equals("failed")) {
            throw new ApiFailure(
                    ApiFailure.UNREACHABLE,
                    "Expected " + expected + "; found that "
                            + activity.path("action").asText() + " failed: "
                            + activity.path("message").asText("") + " (event "
                            + activity.path("id").asLong() + ")");
        }
        return activity;
    }

    private static void pauseUntil(long deadline, String expected, Duration limit, String found) {
        if (System.nanoTime() > deadline) {
            throw new ApiFailure(
                    ApiFailure.UNREACHABLE,
                    "Expected " + expected + " within " + limit.toSeconds() + " s; found " + found + ".");
        }
        Api.pause(PAUSE);
    }
}
