package lpm.hostagent.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import lpm.contracts.HostId;
import lpm.contracts.HostRef;
import lpm.contracts.PoolId;
import lpm.hostagent.hypervisor.Hypervisor;
import lpm.hostagent.hypervisor.PortRefusal;
import lpm.hostagent.hypervisor.PortUnreachable;
import lpm.hostagent.lease.PoolLease.Renewal;
import org.junit.jupiter.api.Test;

/** The pool is as slow as the test wants: a renewal is under way until the test lets it run. */
class HostLeaseTest {
    private static final HostRef SELF = new HostRef(HostId.of("h1"), 1);
    private static final List<PoolId> POOLS = List.of(PoolId.of("pool-1"));

    private final Deque<Runnable> underWay = new ArrayDeque<>();
    private final List<Long> pets = new ArrayList<>();
    private Instant now = Instant.parse("2005-06-01T12:00:00Z");
    private Renewal answer = Renewal.renewed;
    private boolean cut;
    private String refusal = "";
    private final HostLease lease = new HostLease(new ToldPool(), watchdog(), () -> now, underWay::add);

    private final class ToldPool implements PoolLease {
        @Override
        public Renewal acquire(PoolId pool, HostRef self) {
            return renew(pool, self);
        }

        @Override
        public Renewal renew(PoolId pool, HostRef self) {
            if (cut) {
                throw new PortUnreachable("cut");
            }
            if (!refusal.isEmpty()) {
                throw new PortRefusal(refusal);
            }
            return answer;
        }

        @Override
        public Revocation revoke(PoolId pool, HostRef other, long minUnrenewedMillis) {
            throw new AssertionError("nobody revokes here");
        }
    }

    private Hypervisor watchdog() {
        return (Hypervisor) Proxy.newProxyInstance(
                Hypervisor.class.getClassLoader(), new Class<?>[] {Hypervisor.class}, (_, method, args) -> {
                    assertThat(method.getName()).isEqualTo("petWatchdog");
                    pets.add((Long) args[0]);
                    return null;
                });
    }

    private Renewal tick() {
        return lease.tick(SELF, POOLS);
    }

    private void answers() {
        underWay.remove().run();
    }

    private void pass(long seconds) {
        now = now.plusSeconds(seconds);
    }

    @Test
    void aSlowPoolHoldsNobodyUpAndIsAskedOnceAtATime() {
        assertThat(tick()).isEqualTo(Renewal.renewed);
        assertThat(lease.isFresh()).isFalse();
        assertThat(lease.isAboutToBeKnown()).isTrue();
        pass(7);
        tick();
        assertThat(underWay).hasSize(1);
        answers();
        tick();
        assertThat(lease.isFresh()).isTrue();
        assertThat(pets).containsExactly(7_000L);
    }

    @Test
    void theLeaseCountsFromTheSendingNotFromTheAnswer() {
        tick();
        pass(7);
        answers();
        tick();
        Duration left = HostLease.WATCHDOG.minus(HostLease.MARGIN).minusSeconds(7);
        pass(left.toSeconds() - 1);
        assertThat(lease.isFresh()).isTrue();
        pass(1);
        assertThat(lease.isFresh()).isFalse();
    }

    @Test
    void afterASilentPoolNobodyWaitsForTheNextAnswer() {
        cut = true;
        tick();
        answers();
        tick();
        pass(3);
        tick();
        assertThat(underWay).hasSize(1);
        assertThat(lease.isAboutToBeKnown()).isFalse();
        assertThat(pets).isEmpty();
    }

    /** A key that is missing is put right by an operator, who has to hear of it; the agent goes on trying. */
    @Test
    void aPoolThatRefusesIsToldAndTriedAgain() {
        refusal = "no key";
        tick();
        answers();
        assertThatThrownBy(this::tick).isInstanceOf(PortUnreachable.class).hasMessage("no key");
        assertThat(lease.isFresh()).isFalse();
        refusal = "";
        pass(3);
        tick();
        answers();
        tick();
        assertThat(lease.isFresh()).isTrue();
    }

    @Test
    void aRevocationIsHeardAtALaterTick() {
        answer = Renewal.revoked;
        assertThat(tick()).isEqualTo(Renewal.renewed);
        answers();
        assertThat(tick()).isEqualTo(Renewal.revoked);
        assertThat(pets).isEmpty();
    }

    @Test
    void whatTheOldRegistrationStillHearsCountsForNothing() {
        tick();
        lease.forget();
        answers();
        tick();
        assertThat(lease.isFresh()).isFalse();
        assertThat(underWay).hasSize(1);
        answers();
        tick();
        assertThat(lease.isFresh()).isTrue();
    }
}
