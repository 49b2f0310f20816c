package lpm.systemtests.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import lpm.cli.Api;
import lpm.systemtests.cloud.Tenant;

/** What time of day a service believes it is, by what it says when something is ordered. */
final class ToldTime {
    private static final Duration CLOSE = Duration.ofSeconds(30);

    private final Tenant tenant;

    ToldTime(Tenant tenant) {
        this.tenant = tenant;
    }

    /** Orders things until the service says a time that is so much ahead of the real one. */
    void await(String service, long linode, Duration ahead) {
        int[] tries = new int[1];
        String label = "told-" + (ahead.isNegative() ? "back-" : "forth-");
        tenant.await(
                "the wrong time told by " + service,
                () -> {
                    Instant told = of(service, linode, label + tries[0]++);
                    Duration off = Duration.between(Instant.now().plus(ahead), told);
                    return off.abs().compareTo(CLOSE) < 0;
                },
                true);
    }

    private Instant of(String service, long linode, String label) {
        return switch (service) {
            case "account" ->
                Instant.parse(tenant.newToken(label, "linodes:read_only")
                                .path("created")
                                .asText() + "Z");
            case "scheduler" -> {
                tenant.api().put(Tenant.INSTANCES + "/" + linode, Api.object().put("label", label));
                yield occurredAt(tenant.events("linode/" + linode).getLast());
            }
            case "storage" ->
                occurredAt(tenant.events("volume/" + tenant.volume(label)).getFirst());
            default -> throw new IllegalArgumentException("no order to " + service + " is known");
        };
    }

    /** When the newest migration of a Linode began, as the migration service says. */
    Instant ofNewestMigration(long linode) {
        String id = tenant.migrations(linode).getFirst().path("id").asText();
        return occurredAt(tenant.events("migration/" + id).getFirst());
    }

    private static Instant occurredAt(JsonNode event) {
        return Instant.parse(event.path("occurred_at").asText());
    }
}
