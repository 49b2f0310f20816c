package lpm.hostagent.simulated;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import lpm.contracts.HostId;
import lpm.contracts.LinodeId;

/** Writes down which guest really ran where and when, so that a test can prove that never two copies did. */
final class Witness {
    /** Spans that are kept; the oldest are forgotten first. */
    static final int MAX_RUNS = 20_000;

    private final TreeMap<Long, Run> runs = new TreeMap<>();
    private final Map<String, Long> open = new HashMap<>();
    private final BiConsumer<Long, Run> keep;

    Witness(BiConsumer<Long, Run> keep) {
        this.keep = keep;
    }

    /** Notes whether the guest runs there now. */
    void note(LinodeId linode, HostId host, long ownerEpoch, boolean running, Instant now) {
        String key = host + "/" + linode;
        Long number = open.get(key);
        if (running && number == null) {
            long next = runs.isEmpty() ? 0 : runs.lastKey() + 1;
            open.put(key, next);
            write(next, new Run(linode, host, ownerEpoch, now, Optional.empty()));
        } else if (!running && number != null) {
            open.remove(key);
            Optional.ofNullable(runs.get(number))
                    .ifPresent(each ->
                            write(number, new Run(linode, host, each.ownerEpoch(), each.from(), Optional.of(now))));
        }
    }

    /** Takes back what was kept. */
    void restore(long number, Run run) {
        runs.put(number, run);
        if (run.until().isEmpty()) {
            open.put(run.host() + "/" + run.linode(), number);
        }
    }

    /** Every pair of copies of one Linode that ran at the same time; must be empty. */
    List<List<Run>> doubles() {
        List<List<Run>> found = new ArrayList<>();
        runs.values().stream()
                .collect(Collectors.groupingBy(Run::linode))
                .values()
                .forEach(spans -> {
                    List<Run> ordered = spans.stream()
                            .sorted(Comparator.comparing(Run::from))
                            .toList();
                    for (int i = 1; i < ordered.size(); i++) {
                        for (int j = 0; j < i; j++) {
                            if (ordered.get(j).overlaps(ordered.get(i))) {
                                found.add(List.of(ordered.get(j), ordered.get(i)));
                            }
                        }
                    }
                });
        return found;
    }

    List<Run> runs() {
        return List.copyOf(runs.values());
    }

    private void write(long number, Run run) {
        runs.put(number, run);
        keep.accept(number, run);
        if (runs.size() > MAX_RUNS) {
            runs.pollFirstEntry();
        }
    }
}
