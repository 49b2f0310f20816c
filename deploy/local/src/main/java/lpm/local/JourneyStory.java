package lpm.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import lpm.cli.Api;
import lpm.cli.Story;

/** The part of the demo that reads the story back from the event log. */
final class JourneyStory {
    private static final String MOVED = "scheduler.LinodeMoved";
    private static final int WIDEST_STATE = 400;

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
        for (int i = 1; i < events.size(); i++) {
            if (events.get(i).path("type").asText().equals(MOVED)) {
                tell("before", events.get(i - 1));
                tell("after ", events.get(i));
                return;
            }
        }
        throw new LocalFailure("Expected " + MOVED + " in the stream of Linode " + linode + "; found none.");
    }

    private void tell(String when, JsonNode event) {
        String state = event.path("state").toString();
        progress.result("    " + when + " (" + event.path("type").asText() + " #"
                + event.path("sequence").asText() + "): "
                + (state.length() > WIDEST_STATE ? state.substring(0, WIDEST_STATE) + "…" : state));
    }
}
