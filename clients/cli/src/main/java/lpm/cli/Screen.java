package lpm.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

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

    /** After a request on a thing: waits for what it began, if that was asked for. */
    void follow(Api api, String entityType, long entityId, Answer answer) {
        if (!wait) {
            answer.eventId().ifPresent(event -> line("begun: event " + event));
            return;
        }
        long after = answer.eventId().orElse(1) - 1;
        new Activities(api).settled(entityType, entityId, after, WAIT_LIMIT, reporter());
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
