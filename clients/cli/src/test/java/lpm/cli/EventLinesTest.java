package lpm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventLinesTest {
    private final List<JsonNode> events = new ArrayList<>();
    private final EventLines lines = new EventLines("", events::add);

    @Test
    void anEventIsItsDataAndAnIdToReadOnFrom() {
        take("id: 7", "data: {\"type\":", "data: \"a:b\"}", "", "id:8", "data:{\"type\":\"c\"}", "");

        assertThat(events).extracting(event -> event.path("type").asText()).containsExactly("a:b", "c");
        assertThat(lines.ending()).isEqualTo(new Api.Ending("8", ""));
    }

    @Test
    void commentsAndTheEndAreNoEvents() {
        take(": open", "retry: 1000", "", "event: end", "data: {\"reason\":\"enough\"}", "");

        assertThat(events).isEmpty();
        assertThat(lines.ending()).isEqualTo(new Api.Ending("", "enough"));
    }

    private void take(String... all) {
        for (String line : all) {
            lines.take(line);
        }
    }
}
