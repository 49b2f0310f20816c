package lpm.hostagent.lease;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import lpm.contracts.HostId;

/** Since when each lease is seen with the same registration and counter. */
final class LeaseSights {
    private final LongSupplier nanos;
    private final ConcurrentMap<HostId, Sight> newest = new ConcurrentHashMap<>();

    LeaseSights(LongSupplier nanos) {
        this.nanos = nanos;
    }

    private record Sight(long hostEpoch, long counter, long sinceNanos) {
        boolean isOf(LeaseRecord lease) {
            return counter == lease.counter() && (hostEpoch == lease.hostEpoch() || lease.revoked());
        }
    }

    /**
     * For how many milliseconds it is seen unrenewed. A renewal since it was read is not known of yet: who acts on the
     * age does so by compare-and-set.
     */
    long see(LeaseRecord lease) {
        long now = nanos.getAsLong();
        Sight sight = newest.compute(
                lease.host(),
                (_, before) -> before != null && before.isOf(lease)
                        ? before
                        : new Sight(lease.hostEpoch(), lease.counter(), now));
        return TimeUnit.NANOSECONDS.toMillis(now - sight.sinceNanos());
    }
}
