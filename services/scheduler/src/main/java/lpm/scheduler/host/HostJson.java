package lpm.scheduler.host;

import java.util.Optional;
import lpm.contracts.HostId;
import lpm.contracts.Region;
import lpm.platform.rest.Refused;
import lpm.scheduler.host.FleetHostCommand.EnrolHost;
import org.jspecify.annotations.Nullable;

/** What operators send about hosts. */
final class HostJson {
    private static final int MAX_TEXT_CHARACTERS = 200;
    private static final String NO_RACK = "";

    private HostJson() {}

    /** A host to be enrolled. */
    record Enrolment(
            @Nullable String id,
            @Nullable String region,
            @Nullable String rack) {
        EnrolHost command() {
            HostId host = hostId(id, "id");
            return new EnrolHost(
                    host,
                    new Region(Optional.ofNullable(region)
                            .filter(each -> !each.isBlank())
                            .orElseThrow(() -> Refused.of("region", "region is required"))),
                    text("rack", rack).orElse(NO_RACK),
                    HostUuid.of(Optional.of(host)));
        }
    }

    /** What may be changed. */
    record Change(@Nullable String rack) {}

    /** Why something is done. */
    record Reason(@Nullable String reason) {
        String text() {
            return HostJson.text("reason", reason).orElse("by an operator");
        }
    }

    static HostId hostId(@Nullable String id, String field) {
        if (id == null || !id.matches("[a-z0-9][a-z0-9-]{0,62}")) {
            throw Refused.of(field, field + " must be 1-63 of a-z, 0-9 and -, and not begin with -");
        }
        return new HostId(id);
    }

    static Optional<String> text(String field, @Nullable String text) {
        if (text != null && (text.length() > MAX_TEXT_CHARACTERS || text.chars().anyMatch(Character::isISOControl))) {
            throw Refused.of(field, field + " must be one line of at most " + MAX_TEXT_CHARACTERS + " characters");
        }
        return Optional.ofNullable(text).filter(each -> !each.isBlank());
    }
}
