package lpm.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Where Linodes go and why. */
@Command(name = "placement", description = "Placement (operators): where a Linode would go, and why; evening out.")
final class PlacementVerbs {
    @ParentCommand
    private Lpm lpm = new Lpm();

    @Command(description = "Every host, what drops it or how it scores, for a type.")
    void explain(
            @Option(names = "--type", defaultValue = "g6-nanode-1") String type,
            @Option(names = "--region", defaultValue = "us-east") String region) {
        ObjectNode body = Api.object().put("type", type).put("region", region);
        JsonNode explained =
                lpm.operator().post("/ops/v1/placement/explain", body).body();
        Screen screen = lpm.screen();
        if (screen.json()) {
            screen.one(explained);
            return;
        }
        screen.line("chosen: " + explained.path("chosen").asText("none"));
        List<JsonNode> hosts = new ArrayList<>();
        explained.path("hosts").forEach(hosts::add);
        screen.rows(hosts, "host", "allowed", "score", "rule", "reason");
    }

    @Command(description = "A stored decision.")
    void decision(@Parameters(paramLabel = "ID") String id) {
        lpm.screen().one(lpm.operator().get("/ops/v1/placement/decisions/" + id));
    }

    @Command(description = "Room for each type.")
    void capacity(@Option(names = "--region", defaultValue = "us-east") String region) {
        lpm.screen().one(lpm.operator().get("/ops/v1/capacity?region=" + region));
    }

    @Command(description = "Makes the load of the hosts more even; --dry-run only plans it.")
    void rebalance(
            @Option(names = "--region", defaultValue = "us-east") String region,
            @Option(names = "--max-moves", defaultValue = "10", paramLabel = "N") int maxMoves,
            @Option(names = "--dry-run") boolean dryRun) {
        ObjectNode body = Api.object()
                .put("goal", "balance")
                .put("region", region)
                .put("max_moves", maxMoves)
                .put("dry_run", dryRun);
        lpm.screen().one(lpm.operator().post("/ops/v1/rebalances", body).body());
    }

    @Command(description = "All rebalances, or one.")
    void rebalances(@Parameters(paramLabel = "ID", arity = "0..1", defaultValue = "") String id) {
        if (id.isEmpty()) {
            lpm.screen().rows(lpm.operator().list("/ops/v1/rebalances"), "id", "status", "score_before", "score_after");
        } else {
            JsonNode one = lpm.operator().get("/ops/v1/rebalances/" + id);
            lpm.screen().one(one);
        }
    }
}
