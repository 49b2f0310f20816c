package lpm.hostagent.lease;

import java.util.Optional;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import lpm.contracts.HostRef;
import lpm.contracts.PoolId;
import lpm.hostagent.hypervisor.PortUnreachable;
import lpm.hostagent.records.Records;
import lpm.hostagent.records.ShutOut;
import lpm.platform.json.Json;

/**
 * Leases of one pool as records. How long a lease was not renewed is what this process has seen itself: since when its
 * counter is the same, by a clock that never stands still nor goes back. At first sight that is nothing, so a
 * revocation is asked for twice, or the lease was watched before.
 */
public final class RecordLease implements PoolLease {
    /** A list of the hosts that have a lease. */
    static final String LIST = "leases";

    private static final int TRIES = 5;

    private final Records records;
    private final Exclusion exclusion;
    private final String address;
    private final LeaseSights sights;

    /**
     * @param address where this host's block devices reach the pool from
     * @param nanos a monotonic clock
     */
    public RecordLease(Records records, Exclusion exclusion, String address, LongSupplier nanos) {
        this.records = records;
        this.exclusion = exclusion;
        this.address = address;
        this.sights = new LeaseSights(nanos);
    }

    @Override
    public Renewal acquire(PoolId pool, HostRef self) {
        for (int i = 0; i < TRIES; i++) {
            Optional<LeaseRecord> before = ownLease(self);
            if (before.isPresent() && !before.get().isOlderThan(self)) {
                return renew(pool, self);
            }
            // Nothing of the older registration may reach the pool when the newer one begins.
            before.ifPresent(exclusion::letIn);
            Optional<String> text = readAfterwards(self);
            boolean same = text.map(LeaseRecord::parse).equals(before);
            if (same && enlist(self) && swap(text, LeaseRecord.first(self, address))) {
                return Renewal.renewed;
            }
        }
        throw changing(self);
    }

    @Override
    public Renewal renew(PoolId pool, HostRef self) {
        for (int i = 0; i < TRIES; i++) {
            Optional<String> text;
            try {
                text = records.read(LeaseRecord.nameOf(self.host()));
            } catch (ShutOut _) {
                return notedFor(self).isOlderThan(self) ? acquire(pool, self) : Renewal.revoked;
            }
            Optional<LeaseRecord> held = text.map(LeaseRecord::parse).filter(it -> it.isHeldBy(self));
            if (held.isEmpty()) {
                return Renewal.revoked;
            }
            if (swap(text, held.get().renewed())) {
                return Renewal.renewed;
            }
        }
        throw changing(self);
    }

    /** Who never had a lease never ran anything; a newer registration outlives an older one. */
    @Override
    public Revocation revoke(PoolId pool, HostRef other, long minUnrenewedMillis) {
        for (int i = 0; i < TRIES; i++) {
            Optional<String> text = records.read(LeaseRecord.nameOf(other.host()));
            if (text.isEmpty()) {
                LeaseRecord never = LeaseRecord.first(other, "").revokedFor(other);
                if (swap(text, never)) {
                    return new Revocation(true, minUnrenewedMillis);
                }
                continue;
            }
            LeaseRecord held = LeaseRecord.parse(text.get());
            long age = sights.see(held);
            if (held.hostEpoch() > other.hostEpoch()) {
                return new Revocation(true, age);
            }
            if (!held.revoked() && age < minUnrenewedMillis) {
                return new Revocation(false, age);
            }
            LeaseRecord revoked = held.revokedFor(other);
            if (revoked.equals(held) || swap(text, revoked)) {
                exclusion.shutOut(revoked);
                return new Revocation(true, age);
            }
        }
        throw changing(other);
    }

    /** Looks at all leases, so that their ages are known when one is to be revoked; says how many there are. */
    public int watch() {
        var names =
                records.read(LIST).map(RecordLease::listed).orElse(Stream.of()).toList();
        records.read(names).stream()
                .flatMap(Optional::stream)
                .map(LeaseRecord::parse)
                .forEach(sights::see);
        return names.size();
    }

    private Optional<String> readAfterwards(HostRef self) {
        try {
            return records.read(LeaseRecord.nameOf(self.host()));
        } catch (ShutOut notYet) {
            throw new PortUnreachable(self.host() + " was let in just now, but not all of the pool knows", notYet);
        }
    }

    private static Stream<String> listed(String text) {
        return Stream.of(Json.read(text, String[].class));
    }

    private Optional<LeaseRecord> ownLease(HostRef self) {
        try {
            return records.read(LeaseRecord.nameOf(self.host())).map(LeaseRecord::parse);
        } catch (ShutOut _) {
            return Optional.of(notedFor(self));
        }
    }

    private LeaseRecord notedFor(HostRef self) {
        return exclusion
                .noted(self.host())
                .orElseThrow(() -> new PortUnreachable("the pool shuts out the address of " + self.host()
                        + ", but no fence of it is noted there; see who did it and let it in: ceph osd blocklist ls"));
    }

    private boolean enlist(HostRef self) {
        Optional<String> found = records.read(LIST);
        TreeSet<String> all =
                new TreeSet<>(found.map(RecordLease::listed).orElse(Stream.of()).toList());
        return !all.add(LeaseRecord.nameOf(self.host())) || records.swap(LIST, found, Optional.of(Json.write(all)));
    }

    private boolean swap(Optional<String> from, LeaseRecord to) {
        return records.swap(LeaseRecord.nameOf(to.host()), from, Optional.of(Json.write(to)));
    }

    private static PortUnreachable changing(HostRef host) {
        return new PortUnreachable(
                "the lease of " + host.host() + " changed at each of " + TRIES + " looks; ask again");
    }
}
