package lpm.scheduler.drain;

import lpm.platform.rest.Refused;
import org.jspecify.annotations.Nullable;

/** What operators send about drains. */
final class DrainJson {
    private static final int DEFAULT_PARALLEL = 2;
    private static final int MAX_PARALLEL = 16;

    private DrainJson() {}

    /** How to empty a host. */
    record Wish(@Nullable Integer maxParallel) {
        int parallel() {
            if (maxParallel == null) {
                return DEFAULT_PARALLEL;
            }
            if (maxParallel < 1 || maxParallel > MAX_PARALLEL) {
                throw Refused.of("max_parallel", "max_parallel must be 1-" + MAX_PARALLEL);
            }
            return maxParallel;
        }
    }
}
