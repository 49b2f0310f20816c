package lpm.platform.toy;

import java.util.List;
import java.util.Optional;

/** A counter's phases. */
public sealed interface CounterState {
    record None() implements CounterState {}

    record Counting(long max, long total, Optional<Long> last, List<Long> amounts) implements CounterState {
        public Counting {
            amounts = List.copyOf(amounts);
        }
    }
}
