package lpm.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.IntStream;
import lpm.cli.Api;
import lpm.cli.Story;

/** The part of the demo that reads the story back from the event log. */
final class JourneyStory {
    private static final String MOVED = "scheduler.LinodeMoved";
    private static final String ASKED = "scheduler.LinodeMoveRequested";

    private final Api operator;
    private final Progress progress;

    JourneyStory(Api operator, Progress progress) {
        this.operator = operator;
        this.progress = progress;
    }

    void why(long linode) {
        List<JsonNode> chain = Story.why(operator, "linode", Long.toString(linode));
        if (chain.size() < 2) {
            throw new LocalFailure("Expected a chain of causes for Linode " + linode + "; found " + chain + ".");
        }
        chain.forEach(message -> progress.result("    " + Story.line(message)));
    }

    void states(long linode) {
        List<JsonNode> events = Story.events(operator, "linode", Long.toString(linode));
        int asked = first(events, ASKED);
        int moved = first(events, MOVED);
        if (asked < 1 || moved < 0) {
            throw new LocalFailure(
                    "Expected " + ASKED + " and " + MOVED + " in the stream of Linode " + linode + "; found "
                            + events.stream().map(e -> e.path("type").asText()).toList() + ".");
        }
        JsonNode before = events.get(asked - 1);
        JsonNode after = events.get(moved);
        tell("before", before);
        tell("after ", after);
        progress.result("    and what differs:");
        Story.changes(before.path("state"), after.path("state")).forEach(change -> progress.result("      " + change));
    }

    private static int first(List<JsonNode> events, String type) {
        return IntStream.range(0, events.size())
                .filter(i -> events.get(i).path("type").asText().equals(type))
                .findFirst()
                .orElse(-1);
    }

    private void tell(String when, JsonNode event) {
        progress.result("    " + when + " (event " + event.path("sequence").asText() + ", "
                + event.path("type").asText() + "): state "
                + event.path("state").path("@type").asText());
    }
}
