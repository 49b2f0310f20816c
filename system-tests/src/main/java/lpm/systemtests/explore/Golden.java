package lpm.systemtests.explore;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import lpm.contracts.Envelope;
import lpm.contracts.Event;
import lpm.platform.json.Json;
import lpm.systemtests.simulation.Bus;

/** What happened in a run as text for people: every event once, without ids and times that mean nothing to them. */
final class Golden {
    private static final Set<String> NOISE = Set.of("scheduler.PlacementDecided", "host.HostAnnounced");

    private Golden() {}

    /** A line per event, in the order of their first publication. */
    static String of(List<Bus.Published> published) {
        Set<UUID> seen = new HashSet<>();
        return published.stream()
                .filter(each -> each.envelope().data() instanceof Event)
                .filter(each -> !NOISE.contains(each.envelope().type()))
                .filter(each -> seen.add(each.envelope().id()))
                .map(each -> line(each.envelope()))
                .collect(Collectors.joining("\n"));
    }

    private static String line(Envelope<?> event) {
        JsonNode data = Json.MAPPER.valueToTree(event.data());
        return "%s %s %s".formatted(stream(event), event.type(), shortened(data));
    }

    /** A report's stream is named by the host alone: its incarnation is chance. */
    private static String stream(Envelope<?> event) {
        String id = event.aggregateId();
        return id.startsWith("report:") ? id.substring(0, id.indexOf('/')) : id;
    }

    private static String shortened(JsonNode data) {
        return data.toString().replaceAll("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "<uuid>");
    }
}
