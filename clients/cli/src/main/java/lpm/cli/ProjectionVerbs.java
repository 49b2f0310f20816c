package lpm.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** What an operator does with the services' views. */
@Command(
        name = "projection",
        description = "Views (operators): list them, rebuild one from the log while it is in use.")
final class ProjectionVerbs {
    private static final String PATH = "/ops/v1/projections/";
    private static final List<String> SERVICES = List.of("account", "scheduler", "migration", "storage");
    private static final long LOOK_EVERY_MILLIS = 200;

    @ParentCommand
    private Lpm lpm = new Lpm();

    @Command(description = "All views of all services.")
    void list() {
        lpm.screen().rows(all().toList(), "name", "service", "rows", "state", "rebuilt.differing=differed");
    }

    @Command(description = "Replays the log from its first event, compares row by row, puts right what differs.")
    void rebuild(@Parameters(paramLabel = "NAME") String name) throws InterruptedException {
        JsonNode found = all().filter(each -> each.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new ApiFailure(
                        ApiFailure.UNREACHABLE, "No projection is called " + name + "; see ./lpm projection list."));
        String path = PATH + found.path("service").asText() + "/" + name;
        JsonNode now = lpm.operator().post(path + "/rebuild").body();
        while (now.path("state").asText().equals("rebuilding")) {
            Thread.sleep(LOOK_EVERY_MILLIS);
            now = lpm.operator().get(path);
        }
        if (!now.path("state").asText().equals("done")) {
            throw new ApiFailure(
                    ApiFailure.UNREACHABLE,
                    "The projection " + name + " was not rebuilt: "
                            + now.path("failure")
                                    .asText("it is " + now.path("state").asText()) + ".");
        }
        lpm.screen().one(now.path("rebuilt"));
    }

    private Stream<JsonNode> all() {
        return SERVICES.stream().flatMap(service -> lpm.operator().list(PATH + service).stream());
    }
}
