package lpm.hostagent.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lpm.contracts.HostId;
import lpm.contracts.HostRef;
import lpm.contracts.PoolId;
import lpm.hostagent.hypervisor.PortUnreachable;
import lpm.hostagent.lease.PoolLease.Renewal;
import lpm.hostagent.lease.PoolLease.Revocation;
import lpm.hostagent.records.Records;
import lpm.hostagent.records.ShutOut;
import org.junit.jupiter.api.Test;

class RecordLeaseTest {
    private static final PoolId POOL = PoolId.of("p");
    private static final HostRef FIRST = new HostRef(HostId.of("h1"), 1);
    private static final HostRef SECOND = new HostRef(HostId.of("h1"), 2);

    private final Map<String, String> pool = new HashMap<>();
    private final List<String> done = new ArrayList<>();
    private Optional<LeaseRecord> noted = Optional.empty();
    private boolean shutOut;
    private long nanos;
    private final RecordLease own = new RecordLease(new Texts(true), new Noting(), "10.0.0.1", () -> nanos);
    private final RecordLease other = new RecordLease(new Texts(false), new Noting(), "10.0.0.2", () -> nanos);

    @Test
    void theAgeIsWhatTheRevokingAgentHasSeenItself() {
        own.acquire(POOL, FIRST);
        assertThat(other.revoke(POOL, FIRST, 20_000)).isEqualTo(new Revocation(false, 0));
        passMillis(15_000);
        assertThat(other.revoke(POOL, FIRST, 20_000)).isEqualTo(new Revocation(false, 15_000));
        own.renew(POOL, FIRST);
        passMillis(6_000);
        assertThat(other.revoke(POOL, FIRST, 20_000)).isEqualTo(new Revocation(false, 0));
        passMillis(20_000);
        assertThat(other.revoke(POOL, FIRST, 20_000)).isEqualTo(new Revocation(true, 20_000));
        passMillis(1_000);
        assertThat(other.revoke(POOL, FIRST, 20_000)).isEqualTo(new Revocation(true, 21_000));
        assertThat(own.renew(POOL, FIRST)).isEqualTo(Renewal.revoked);
    }

    @Test
    void whoWatchesNeedsToBeAskedOnce() {
        own.acquire(POOL, FIRST);
        assertThat(other.watch()).isEqualTo(1);
        passMillis(20_000);
        assertThat(other.watch()).isEqualTo(1);
        assertThat(other.revoke(POOL, FIRST, 20_000)).isEqualTo(new Revocation(true, 20_000));
        assertThat(done).containsExactly("out 10.0.0.1");
    }

    /** An agent may die between the record and the pool's own exclusion. */
    @Test
    void aRepeatedRevocationShutsOutAgain() {
        own.acquire(POOL, FIRST);
        other.revoke(POOL, FIRST, 0);
        other.revoke(POOL, FIRST, 0);
        assertThat(done).containsExactly("out 10.0.0.1", "out 10.0.0.1");
    }

    @Test
    void aNewerRegistrationIsLetInBeforeItHasTheLease() {
        own.acquire(POOL, FIRST);
        other.revoke(POOL, FIRST, 0);
        done.clear();
        assertThat(own.acquire(POOL, FIRST)).isEqualTo(Renewal.revoked);
        assertThat(done).isEmpty();
        assertThat(own.acquire(POOL, SECOND)).isEqualTo(Renewal.renewed);
        assertThat(done).containsExactly("in 10.0.0.1 while revoked");
        assertThat(other.revoke(POOL, FIRST, 20_000).revoked()).isTrue();
        assertThat(own.renew(POOL, SECOND)).isEqualTo(Renewal.renewed);
    }

    /** An agent inside dom0 has the address that is shut out: the note at the monitors says for whom. */
    @Test
    void whoMayNotReadItsLeaseIsToldByTheNote() {
        own.acquire(POOL, FIRST);
        other.revoke(POOL, FIRST, 0);
        shutOut = true;
        assertThatThrownBy(() -> own.renew(POOL, FIRST))
                .isInstanceOf(PortUnreachable.class)
                .hasMessageContaining("no fence of it is noted");
        noted = Optional.of(LeaseRecord.parse(pool.get("lease.h1")));
        assertThat(own.renew(POOL, FIRST)).isEqualTo(Renewal.revoked);
        assertThat(own.acquire(POOL, FIRST)).isEqualTo(Renewal.revoked);
        assertThat(own.acquire(POOL, SECOND)).isEqualTo(Renewal.renewed);
        assertThat(own.renew(POOL, SECOND)).isEqualTo(Renewal.renewed);
    }

    private void passMillis(long millis) {
        nanos += millis * 1_000_000;
    }

    private final class Texts implements Records {
        private final boolean mayBeOut;

        Texts(boolean mayBeOut) {
            this.mayBeOut = mayBeOut;
        }

        @Override
        public List<Optional<String>> read(List<String> names) {
            if (mayBeOut && shutOut) {
                throw new ShutOut("out");
            }
            return names.stream()
                    .map(each -> Optional.ofNullable(pool.get(each)))
                    .toList();
        }

        @Override
        public List<Boolean> swap(List<Swap> swaps) {
            return swaps.stream().map(this::swapOne).toList();
        }

        private boolean swapOne(Swap swap) {
            if (!Optional.ofNullable(pool.get(swap.name())).equals(swap.from())) {
                return false;
            }
            swap.to().ifPresentOrElse(it -> pool.put(swap.name(), it), () -> pool.remove(swap.name()));
            return true;
        }
    }

    private final class Noting implements Exclusion {
        @Override
        public void shutOut(LeaseRecord revoked) {
            done.add("out " + revoked.address());
        }

        @Override
        public void letIn(LeaseRecord older) {
            boolean revoked = LeaseRecord.parse(pool.get("lease.h1")).revoked();
            done.add("in " + older.address() + (revoked ? " while revoked" : ""));
            shutOut = false;
        }

        @Override
        public Optional<LeaseRecord> noted(HostId host) {
            return noted;
        }
    }
}
