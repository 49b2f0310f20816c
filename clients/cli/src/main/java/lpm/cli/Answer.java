package lpm.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalLong;

/**
 * What the API answered.
 *
 * @param eventId the activity that the request began, where the API named it
 */
public record Answer(JsonNode body, OptionalLong eventId) {
    public long id() {
        return body.path("id").asLong();
    }
}
