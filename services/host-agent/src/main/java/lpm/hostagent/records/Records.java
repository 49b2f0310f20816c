package lpm.hostagent.records;

import java.util.List;
import java.util.Optional;

/**
 * Small texts in a pool, changed by compare-and-set only. All calls of one batch travel together, so a batch costs
 * about one round trip. A pool that does not answer within seconds throws
 * {@link lpm.hostagent.hypervisor.PortUnreachable}: what was asked may have happened. A pool that shuts this client out
 * throws {@link ShutOut}.
 */
public interface Records {
    /** The texts by name, in that order; empty where there is none. */
    List<Optional<String>> read(List<String> names);

    /** Makes each change by itself, or not where the text is another one by now; says which were made. */
    List<Boolean> swap(List<Swap> swaps);

    /** One text. */
    default Optional<String> read(String name) {
        return read(List.of(name)).getFirst();
    }

    /** One change; whether it was made. */
    default boolean swap(String name, Optional<String> from, Optional<String> to) {
        return swap(List.of(new Swap(name, from, to))).getFirst();
    }

    /** One change; empty means that there is no such text. No text may be the beginning of another one of that name. */
    record Swap(String name, Optional<String> from, Optional<String> to) {}
}
