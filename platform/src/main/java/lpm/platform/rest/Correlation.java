package lpm.platform.rest;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The id a request's whole chain is found by. */
final class Correlation {
    private Correlation() {}

    /** The client's own id where it sent a UUID, one derived from any other text, a new one where it sent none. */
    static UUID of(@Nullable String requestId, Instant now) {
        if (requestId == null || requestId.isBlank()) {
            return TimeOrderedId.at(now);
        }
        try {
            return UUID.fromString(requestId.strip());
        } catch (IllegalArgumentException _) {
            return UUID.nameUUIDFromBytes(requestId.getBytes(StandardCharsets.UTF_8));
        }
    }
}
