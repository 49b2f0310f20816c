package lpm.hostagent.simulated;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lpm.contracts.HostId;
import lpm.contracts.LinodeId;

/** Writes down which guest really ran where and when, so that a test can prove that never two copies did. */
final class Witness {
    /** Finished spans that are kept. */
    static final int MAX_RUNS = 20_000;

    private final Map<String, Run> open = new LinkedHashMap<>();
    private final Deque<Run> finished = new ArrayDeque<>();
    private final List<List<Run>> doubles = new ArrayList<>();

    /** Notes whether the guest runs there now. */
    void note(LinodeId linode, HostId host, long ownerEpoch, boolean runs, Instant now) {
        String key = host + "/" + linode;
        Run current = open.get(key);
        if (runs && current == null) {
            Run begun = new Run(linode, host, ownerEpoch, now, Optional.empty());
            open.values().stream().filter(begun::overlaps).forEach(other -> doubles.add(List.of(other, begun)));
            open.put(key, begun);
        } else if (!runs && current != null) {
            open.remove(key);
            finish(new Run(linode, host, current.ownerEpoch(), current.from(), Optional.of(now)));
        }
    }

    /** Every pair of copies that ran at the same time; must be empty. */
    List<List<Run>> doubles() {
        return List.copyOf(doubles);
    }

    List<Run> runs() {
        List<Run> all = new ArrayList<>(finished);
        all.addAll(open.values());
        return List.copyOf(all);
    }

    private void finish(Run run) {
        finished.add(run);
        if (finished.size() > MAX_RUNS) {
            finished.removeFirst();
        }
    }
}
