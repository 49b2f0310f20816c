package lpm.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** How answers are shown: tables for people, JSON for programs, progress beside both. */
final class Screen {
    private static final Duration WAIT_LIMIT = Duration.ofMinutes(10);

    private final boolean json;
    private final boolean wait;
    private final PrintStream out;
    private final PrintStream progress;

    Screen(boolean json, boolean wait, PrintStream out, PrintStream progress) {
        this.json = json;
        this.wait = wait;
        this.out = out;
        this.progress = progress;
    }

    void rows(List<JsonNode> rows, String... columns) {
        if (json) {
            out.println(Api.JSON.createArrayNode().addAll(rows).toPrettyString());
        } else {
            new Table(columns).print(rows, out);
        }
    }

    void one(JsonNode object) {
        if (json) {
            out.println(object.toPrettyString());
        } else {
            Table.fields(object, out);
        }
    }

    /** Only for people. */
    void line(String line) {
        if (!json) {
            out.println(line);
        }
    }

    void aside(String line) {
        progress.println(line);
    }

    boolean json() {
        return json;
    }

    /** Makes a request on a thing; if that was asked for, waits for what it begins. */
    void act(Api api, String entityType, ToLongFunction<Answer> entityId, Supplier<Answer> request) {
        if (!wait) {
            request.get().eventId().ifPresent(event -> line("begun: event " + event));
            return;
        }
        Activities activities = new Activities(api);
        long last = activities.last();
        Answer answer = request.get();
        long after = answer.eventId().isPresent() ? answer.eventId().getAsLong() - 1 : last;
        activities.settled(entityType, entityId.applyAsLong(answer), after, WAIT_LIMIT, reporter());
        line("done");
    }

    private Consumer<JsonNode> reporter() {
        Map<Long, String> said = new HashMap<>();
        return activity -> {
            String line = activity.path("action").asText() + " "
                    + activity.path("status").asText() + " "
                    + activity.path("percent_complete").asInt() + " %";
            if (!line.equals(said.put(activity.path("id").asLong(), line))) {
                progress.println(line);
            }
        };
    }
}
