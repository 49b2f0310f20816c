package lpm.verify.invariant;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lpm.contracts.HostRef;
import lpm.contracts.PoolId;
import lpm.contracts.host.HostReport.LeaseRevoked;
import lpm.contracts.storage.FenceEvent;
import lpm.contracts.storage.FenceEvent.FenceConfirmed;
import lpm.contracts.storage.FenceEvent.FenceRequested;
import lpm.contracts.storage.FenceEvent.PoolFenced;
import lpm.verify.history.Entry;
import lpm.verify.history.History;

/** When a host counts as out. */
final class FenceChecks {
    /** R: so long after the last renewal of its lease every domain of a host is stopped. */
    private static final Duration STOPPED = Duration.ofSeconds(30);

    private FenceChecks() {}

    /** A fence is confirmed when every pool refuses the host, as another host said, and R has passed. */
    static void confirmed(History history, Findings findings) {
        for (List<Entry> stream : history.streams("storage").values()) {
            if (stream.getFirst().data() instanceof FenceEvent) {
                new Stream(history, findings).see(stream);
            }
        }
    }

    /** The fences of one host. */
    private static final class Stream {
        private final History history;
        private final Findings findings;
        private final Map<HostRef, Set<PoolId>> asked = new HashMap<>();
        private final Map<HostRef, Set<PoolId>> done = new HashMap<>();
        private final Map<HostRef, Entry> last = new HashMap<>();
        private long confirmed = -1;

        private Stream(History history, Findings findings) {
            this.history = history;
            this.findings = findings;
        }

        private void see(List<Entry> stream) {
            for (Entry each : stream) {
                switch (each.data()) {
                    case FenceRequested e ->
                        asked.computeIfAbsent(e.fenced(), _ -> new HashSet<>()).addAll(e.pools());
                    case PoolFenced e -> pool(each, e);
                    case FenceConfirmed e -> confirm(each, e.fenced());
                    default -> {
                        // fences nothing
                    }
                }
            }
        }

        private void pool(Entry at, PoolFenced event) {
            done.computeIfAbsent(event.fenced(), _ -> new HashSet<>()).add(event.pool());
            last.put(event.fenced(), at);
            history.causeOf(at)
                    .ifPresent(cause -> findings.expect(
                            cause.data() instanceof LeaseRevoked it
                                    && it.revoked().equals(event.fenced())
                                    && it.pool().equals(event.pool())
                                    && !it.by().host().equals(event.fenced().host()),
                            at,
                            "no other host revoked the lease at this pool: " + cause));
        }

        private void confirm(Entry at, HostRef fenced) {
            if (fenced.hostEpoch() <= confirmed) {
                return;
            }
            Set<PoolId> pools = asked.getOrDefault(fenced, Set.of());
            findings.expect(
                    !pools.isEmpty() && done.getOrDefault(fenced, Set.of()).containsAll(pools),
                    at,
                    "not every pool of " + pools + " refuses " + fenced);
            Entry pool = last.get(fenced);
            if (pool != null && pool.data() instanceof PoolFenced it) {
                Duration since = Duration.between(
                                pool.message().occurredAt(), at.message().occurredAt())
                        .plusMillis(it.unrenewedForMillis());
                findings.expect(
                        since.compareTo(STOPPED) >= 0,
                        at,
                        "only " + since.toMillis() + " ms after the last renewal, expected " + STOPPED.toMillis());
            }
            confirmed = fenced.hostEpoch();
        }
    }
}
