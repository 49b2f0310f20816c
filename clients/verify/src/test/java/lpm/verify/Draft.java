package lpm.verify;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A message to be: numbers and places come when the story is over. */
final class Draft {
    final UUID id = UUID.randomUUID();
    final String home;
    String aggregate;
    Record data;
    Instant at;
    UUID command = UUID.randomUUID();

    @Nullable
    UUID cause;

    /** The event whose number an order carries. */
    @Nullable
    UUID numberedBy;

    @Nullable
    Long account;

    /** The home is a service's name for what is stored, or a topic. */
    Draft(String home, String aggregate, Record data, Instant at, @Nullable Draft cause) {
        this.home = home;
        this.aggregate = aggregate;
        this.data = data;
        this.at = at;
        this.cause = cause == null ? null : cause.id;
        this.numberedBy = this.cause;
    }

    boolean isStored() {
        return !home.startsWith("lpm.");
    }

    boolean is(Class<?> type) {
        return type.isInstance(data);
    }
}
