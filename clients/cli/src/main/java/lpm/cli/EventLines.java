package lpm.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Consumer;

/** Puts the lines of server-sent events together: ids, data, and why they ended. */
final class EventLines {
    private static final String END = "end";

    private final Consumer<JsonNode> each;
    private final StringBuilder data = new StringBuilder();
    private String last;
    private String name = "";
    private String reason = "";

    EventLines(String last, Consumer<JsonNode> each) {
        this.last = last;
        this.each = each;
    }

    /** Where it ended, once there are no more lines. */
    Api.Ending ending() {
        return new Api.Ending(last, reason);
    }

    /** Takes the next line; an empty one ends an event, one with a colon first is a comment. */
    void take(String line) {
        int colon = line.indexOf(':');
        if (line.isEmpty()) {
            finish();
        } else if (colon > 0) {
            field(line.substring(0, colon), line.substring(colon + 1).stripLeading());
        }
    }

    private void field(String field, String value) {
        switch (field) {
            case "id" -> last = value;
            case "event" -> name = value;
            case "data" -> data.append(value);
            default -> {
                // retry and what is not known yet: nothing to do
            }
        }
    }

    private void finish() {
        if (name.equals(END)) {
            reason = Api.tree(data.toString()).path("reason").asText();
        } else if (!data.isEmpty()) {
            each.accept(Api.tree(data.toString()));
        }
        data.setLength(0);
        name = "";
    }
}
