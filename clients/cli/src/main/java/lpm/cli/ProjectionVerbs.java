package lpm.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** What an operator does with the services' views. */
@Command(
        name = "projection",
        description = "Views (operators): list them, rebuild them from the log while they are in use.")
final class ProjectionVerbs {
    @ParentCommand
    private Lpm lpm = new Lpm();

    /** One, or all. */
    static final class Which {
        @Parameters(paramLabel = "NAME", description = "One of ./lpm projection list.")
        private String name = "";

        @Option(names = "--all", description = "All of all services, one after the other.")
        private boolean all;

        private boolean meant(JsonNode projection) {
            return all || projection.path("name").asText().equals(name);
        }
    }

    @Command(description = "All views of all services.")
    void list() {
        lpm.screen()
                .rows(
                        Projections.all(lpm.operator()).toList(),
                        "name",
                        "service",
                        "rows",
                        "state",
                        "rebuilt.differing=differed");
    }

    @Command(description = "Replays the log from its first event, compares row by row, puts right what differs.")
    void rebuild(@ArgGroup(exclusive = true, multiplicity = "1") Which which) {
        List<JsonNode> meant =
                Projections.all(lpm.operator()).filter(which::meant).toList();
        if (meant.isEmpty()) {
            throw new ApiFailure(
                    ApiFailure.UNREACHABLE, "No projection is called " + which.name + "; see ./lpm projection list.");
        }
        List<JsonNode> rebuilt = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        for (JsonNode each : meant) {
            String name = each.path("name").asText();
            lpm.screen()
                    .aside("rebuilding %s (%d of %d)"
                            .formatted(name, rebuilt.size() + failures.size() + 1, meant.size()));
            try {
                rebuilt.add(Projections.rebuild(lpm.operator(), each));
            } catch (ApiFailure e) {
                failures.add(e.sentence());
            }
        }
        lpm.screen()
                .rows(
                        rebuilt,
                        "projection",
                        "events",
                        "events_per_second=events/s",
                        "compared",
                        "differing",
                        "examples",
                        "locked_millis=locked ms");
        if (!failures.isEmpty()) {
            throw new ApiFailure(ApiFailure.UNREACHABLE, String.join("\n", failures));
        }
    }
}
