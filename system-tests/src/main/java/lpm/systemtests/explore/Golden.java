package lpm.systemtests.explore;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import lpm.contracts.Envelope;
import lpm.contracts.Event;
import lpm.platform.json.Json;
import lpm.systemtests.simulation.Bus;

/** What happened in a run as text for people: every event once, with what matters of it. */
final class Golden {
    private static final Set<String> NOISE = Set.of("scheduler.PlacementDecided", "host.HostAnnounced");
    private static final Set<String> LEFT_OUT = Set.of("account", "region", "incarnation", "publicKey", "migrationUri");

    private Golden() {}

    /** A line per event, in the order of their first publication. */
    static String of(List<Bus.Published> published) {
        Set<UUID> seen = new HashSet<>();
        return published.stream()
                .filter(each -> each.envelope().data() instanceof Event)
                .filter(each -> !NOISE.contains(each.envelope().type()))
                .filter(each -> seen.add(each.envelope().id()))
                .map(each -> line(each.envelope()))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String line(Envelope<?> event) {
        JsonNode data = Json.MAPPER.valueToTree(event.data());
        List<String> words = new ArrayList<>(List.of(stream(event), event.type()));
        data.properties().forEach(each -> {
            if (!LEFT_OUT.contains(each.getKey())) {
                shown(each.getValue()).ifPresent(value -> words.add(each.getKey() + "=" + value));
            }
        });
        return String.join(" ", words);
    }

    /** Plain values, and hosts with their epochs. */
    private static Optional<String> shown(JsonNode value) {
        if (value.has("hostEpoch") && value.has("host")) {
            return Optional.of(
                    value.get("host").asText() + "@" + value.get("hostEpoch").asText());
        }
        return value.isValueNode() && !value.isNull() ? Optional.of(value.asText()) : Optional.empty();
    }

    /** A report's stream is named by the host alone: its incarnation is chance. */
    private static String stream(Envelope<?> event) {
        String id = event.aggregateId();
        return id.startsWith("report:") ? id.substring(0, id.indexOf('/')) : id;
    }
}
