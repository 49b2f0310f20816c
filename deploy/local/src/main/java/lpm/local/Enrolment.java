package lpm.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import lpm.cli.Api;
import lpm.cli.ApiFailure;

/** Makes the hosts known through the operator API and waits until their agents have registered. */
final class Enrolment {
    private static final String HOSTS = "/ops/v1/hosts";
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final int RACKS = 3;

    private final Api operator;

    Enrolment(Api operator) {
        this.operator = operator;
    }

    void all(List<String> hosts) {
        Set<String> known = Waiting.until("an answer of the operator API", LIMIT, PAUSE, this::known);
        for (int i = 0; i < hosts.size(); i++) {
            if (!known.contains(hosts.get(i))) {
                operator.post(
                        HOSTS,
                        Api.object()
                                .put("id", hosts.get(i))
                                .put("region", LocalCloud.REGION)
                                .put("rack", "r" + (i % RACKS + 1)));
            }
        }
        Waiting.until(hosts.size() + " hosts registered", LIMIT, PAUSE, () -> registered(hosts));
    }

    /** Right after the very first start the operator's token may still be on its way to the services. */
    private Waiting.Look<Set<String>> known() {
        try {
            return Waiting.Look.ready(operator.list(HOSTS).stream()
                    .map(host -> host.path("id").asText())
                    .collect(Collectors.toSet()));
        } catch (ApiFailure e) {
            return Waiting.Look.notYet(e.sentence());
        }
    }

    private Waiting.Look<Boolean> registered(List<String> hosts) {
        Map<String, String> states = new TreeMap<>();
        for (JsonNode host : operator.list(HOSTS)) {
            states.put(host.path("id").asText(), host.path("state").asText());
        }
        boolean all = hosts.stream()
                .allMatch(host -> !states.getOrDefault(host, "enrolling").equals("enrolling"));
        return all ? Waiting.Look.ready(true) : Waiting.Look.notYet(states.toString());
    }
}
