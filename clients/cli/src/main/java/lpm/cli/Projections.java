package lpm.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The services' views: which there are, and their rebuilding from the log. */
public final class Projections {
    private static final String PATH = "/ops/v1/projections/";
    private static final List<String> SERVICES = List.of("account", "scheduler", "migration", "storage");
    private static final Duration LOOK = Duration.ofMillis(200);

    private Projections() {}

    /** All of all services. */
    public static Stream<JsonNode> all(Api operator) {
        return SERVICES.stream().flatMap(service -> operator.list(PATH + service).stream());
    }

    /**
     * Has one of {@link #all} rebuilt and waits for it.
     *
     * @return events, seconds, rows compared and differing, as the service tells
     * @throws ApiFailure if it was not rebuilt; its rows are then as before
     */
    public static JsonNode rebuild(Api operator, JsonNode projection) {
        String name = projection.path("name").asText();
        String path = PATH + projection.path("service").asText() + "/" + name;
        JsonNode now = operator.post(path + "/rebuild").body();
        while (now.path("state").asText().equals("rebuilding")) {
            Api.pause(LOOK);
            now = operator.get(path);
        }
        if (!now.path("state").asText().equals("done")) {
            String why = now.path("failure").asText("it is " + now.path("state").asText());
            throw new ApiFailure(ApiFailure.UNREACHABLE, "The projection " + name + " was not rebuilt: " + why + ".");
        }
        return now.path("rebuilt");
    }
}
