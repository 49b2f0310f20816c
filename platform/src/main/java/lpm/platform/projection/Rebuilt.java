package lpm.platform.projection;

import java.util.List;

/**
 * What a rebuild came to.
 *
 * @param events events of the projection that were replayed
 * @param compared rows there are, live or rebuilt
 * @param differing rows that were other than the log says, missing or too many: all of them are right now
 * @param examples some of those, as {@code table/id}
 * @param lockedMillis for how long appending had to wait at the end
 */
public record Rebuilt(
        String projection,
        long events,
        double seconds,
        long eventsPerSecond,
        long compared,
        long differing,
        List<String> examples,
        long lockedMillis) {
    public Rebuilt {
        examples = List.copyOf(examples);
    }
}
