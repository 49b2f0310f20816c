package lpm.hostagent.hypervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import lpm.contracts.BlockDevice;
import lpm.contracts.BootSpec;
import lpm.contracts.HostId;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;
import lpm.contracts.Nic;
import lpm.contracts.PoolId;
import lpm.contracts.Resources;
import lpm.contracts.host.DomainSeen;
import lpm.contracts.host.DomainSeen.State;
import lpm.contracts.host.HostReport.LinodeStopObserved.Cause;
import lpm.contracts.host.Telemetry.LinodeLoad;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** What every hypervisor must do, simulated or real. Two hosts, on which nothing of Linode {@link #ONE} is. */
public abstract class HypervisorContract {
    protected static final HostId H1 = HostId.of("h1");
    protected static final HostId H2 = HostId.of("h2");
    protected static final LinodeId ONE = new LinodeId(900_000_001);
    protected static final long MEMORY_MIB = 128;

    protected static final MigrationId MOVE = new MigrationId(7);
    private static final PoolId POOL = PoolId.of("pool-us-east");
    private static final BlockDevice ROOT = new BlockDevice("sda", BlockDevice.Kind.disk, 1, POOL, 64);
    protected static final BlockDevice VOLUME = new BlockDevice("sdc", BlockDevice.Kind.volume, 2, POOL, 16);
    private static final BootSpec SPEC = spec(MEMORY_MIB);

    /** What a hypervisor keeps of a guest for itself at most. */
    private static final long OVERHEAD_MIB = 16;

    private static final Duration SOON = Duration.ofSeconds(60);

    protected abstract Hypervisor hypervisor(HostId host);

    /** The answer of a call that takes its time. */
    protected abstract <T> T answer(CompletionStage<T> later);

    /** The guest powers itself off. */
    protected abstract void stopGuest(HostId host, LinodeId linode);

    protected abstract void powerOff(HostId host);

    protected abstract void powerOn(HostId host);

    /** Where no host is. */
    protected abstract String nowhere();

    /** What this hypervisor cannot do, by the test's name, and why. */
    protected Map<String, String> leftOut() {
        return Map.of();
    }

    @BeforeEach
    final void skipWhatIsLeftOut(TestInfo test) {
        assertThat(leftOut().keySet())
                .isSubsetOf(Arrays.stream(HypervisorContract.class.getDeclaredMethods())
                        .map(java.lang.reflect.Method::getName)
                        .toList());
        String name = test.getTestMethod().orElseThrow().getName();
        assumeFalse(leftOut().containsKey(name), () -> leftOut().get(name));
    }

    @Test
    void startsShowsAndDestroysADomain() {
        assertThat(hypervisor(H1).describe(ONE)).isEqualTo(Domain.absent(ONE));
        DomainSeen up = start();
        assertThat(up).isEqualTo(new DomainSeen(ONE, State.running, false, 3, 1, Optional.empty()));
        Domain shown = hypervisor(H1).describe(ONE);
        assertThat(shown.seen()).isEqualTo(up);
        assertThat(shown.startedBy()).contains("order-1");
        assertThat(shown.stopped()).isEmpty();
        assertThat(shown.devices()).containsExactly(ROOT);
        assertThat(shown.memoryMib()).isEqualTo(MEMORY_MIB);
        assertThat(hypervisor(H1).list()).containsExactly(shown);
        hypervisor(H1).destroy(ONE);
        hypervisor(H1).destroy(ONE);
        assertThat(hypervisor(H1).list()).isEmpty();
    }

    @Test
    void refusesASecondDomainAndOneThatDoesNotFit() {
        start();
        assertThatThrownBy(this::start).isInstanceOf(PortRefusal.class).hasMessageContaining("there already");
        DomainSpec huge = new DomainSpec(new LinodeId(900_000_002), 1, "o", spec(999_999));
        assertThatThrownBy(() -> answer(hypervisor(H1).start(huge)))
                .isInstanceOf(PortRefusal.class)
                .hasMessageContaining("MiB left");
        assertThat(hypervisor(H1).list()).hasSize(1);
    }

    @Test
    void shutsDownFromInsideAndStartsAgain() {
        start();
        DomainSeen down = answer(hypervisor(H1).shutdown(ONE, 30_000));
        assertThat(down).isEqualTo(new DomainSeen(ONE, State.off, false, 3, 1, Optional.empty()));
        assertThat(hypervisor(H1).describe(ONE).stopped()).contains(Cause.requested);
        assertThat(start().state()).isEqualTo(State.running);
    }

    @Test
    void showsWhyAGuestStoppedByItself() {
        start();
        stopGuest(H1, ONE);
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(hypervisor(H1).describe(ONE).stopped()).contains(Cause.guest));
        assertThat(hypervisor(H1).describe(ONE).seen().state()).isEqualTo(State.off);
    }

    @Test
    void plugsAndUnplugsADevice() {
        start();
        hypervisor(H1).attach(ONE, VOLUME);
        assertThat(hypervisor(H1).describe(ONE).devices()).containsExactly(ROOT, VOLUME);
        assertThatThrownBy(() -> hypervisor(H1).attach(ONE, VOLUME)).isInstanceOf(PortRefusal.class);
        hypervisor(H1).detach(ONE, VOLUME);
        assertThat(hypervisor(H1).describe(ONE).devices()).containsExactly(ROOT);
    }

    @Test
    void whatIsNotThereIsRefused() {
        Hypervisor host = hypervisor(H1);
        assertThatThrownBy(() -> host.attach(ONE, VOLUME)).isInstanceOf(PortRefusal.class);
        assertThatThrownBy(() -> host.detach(ONE, VOLUME)).isInstanceOf(PortRefusal.class);
        assertThatThrownBy(() -> host.resume(ONE, MOVE, 4)).isInstanceOf(PortRefusal.class);
        assertThatThrownBy(() -> host.wake(ONE, MOVE)).isInstanceOf(PortRefusal.class);
        assertThatThrownBy(() -> answer(host.shutdown(ONE, 1_000))).isInstanceOf(PortRefusal.class);
        assertThatThrownBy(() -> answer(host.send(sent(nowhere())))).isInstanceOf(PortRefusal.class);
        assertThatCode(() -> host.cancelIncoming(ONE, MOVE)).doesNotThrowAnyException();
        assertThatCode(() -> host.cancelSend(ONE, MOVE)).doesNotThrowAnyException();
    }

    @Test
    void aRunningDomainIsNoCopy() {
        DomainSeen up = start();
        Hypervisor host = hypervisor(H1);
        assertThatThrownBy(() -> host.resume(ONE, MOVE, 4)).isInstanceOf(PortRefusal.class);
        host.cancelIncoming(ONE, MOVE);
        assertThatThrownBy(() -> host.prepareIncoming(new IncomingOrder(MOVE, ONE, 4, SPEC)))
                .isInstanceOf(PortRefusal.class);
        host.wake(ONE, MOVE);
        assertThat(host.describe(ONE).seen()).isEqualTo(up);
    }

    @Test
    void sendsADomainThatStaysPausedUntilItIsResumed() {
        start();
        String uri = hypervisor(H2).prepareIncoming(new IncomingOrder(MOVE, ONE, 4, SPEC));
        assertThat(hypervisor(H2).describe(ONE).seen().state()).isEqualTo(State.absent);
        SendOutcome outcome = answer(hypervisor(H1).send(sent(uri)));
        assertThat(outcome).isInstanceOf(SendOutcome.Released.class);
        assertThat(hypervisor(H1).describe(ONE)).isEqualTo(Domain.absent(ONE));
        Domain paused = hypervisor(H2).describe(ONE);
        assertThat(paused.seen()).isEqualTo(new DomainSeen(ONE, State.paused, false, 4, 1, Optional.of(MOVE)));
        assertThat(paused.startedBy()).isEmpty();
        assertThat(paused.devices()).containsExactly(ROOT);
        assertThat(hypervisor(H2).resume(ONE, MOVE, 4)).isNotNegative();
        assertThat(hypervisor(H2).describe(ONE).seen().state()).isEqualTo(State.running);
        assertThatThrownBy(() -> hypervisor(H2).cancelIncoming(ONE, MOVE)).isInstanceOf(PortRefusal.class);
    }

    /** So whoever orders a send must be sure of the target before. */
    @Test
    void whatArrivesUnbiddenStandsPausedToo() {
        start();
        String uri = hypervisor(H2).facts().migrationUri();
        assertThat(answer(hypervisor(H1).send(sent(uri)))).isInstanceOf(SendOutcome.Released.class);
        assertThat(hypervisor(H2).describe(ONE).seen())
                .isEqualTo(new DomainSeen(ONE, State.paused, false, 4, 1, Optional.of(MOVE)));
    }

    @Test
    void aSendThatFailsLeavesTheGuestRunning() {
        DomainSeen up = start();
        SendOutcome outcome = answer(hypervisor(H1).send(sent(nowhere())));
        assertThat(outcome).isInstanceOfSatisfying(SendOutcome.Failed.class, it -> assertThat(it.seen())
                .isEqualTo(up));
        assertThat(hypervisor(H1).describe(ONE).seen()).isEqualTo(up);
    }

    @Test
    void aCancelledCopyCannotBeResumed() {
        start();
        String uri = hypervisor(H2).prepareIncoming(new IncomingOrder(MOVE, ONE, 4, SPEC));
        assertThat(answer(hypervisor(H1).send(sent(uri)))).isInstanceOf(SendOutcome.Released.class);
        assertThatThrownBy(() -> hypervisor(H2).resume(ONE, new MigrationId(8), 4))
                .isInstanceOf(PortRefusal.class);
        hypervisor(H2).cancelIncoming(ONE, new MigrationId(8));
        assertThat(hypervisor(H2).describe(ONE).seen().state()).isEqualTo(State.paused);
        hypervisor(H2).cancelIncoming(ONE, MOVE);
        assertThatThrownBy(() -> hypervisor(H2).resume(ONE, MOVE, 4)).isInstanceOf(PortRefusal.class);
        assertThat(hypervisor(H2).list()).isEmpty();
    }

    @Test
    void measuresItsDomains() {
        long before = hypervisor(H1).freeMemoryMib();
        start();
        assertThat(before - hypervisor(H1).freeMemoryMib()).isBetween(MEMORY_MIB, MEMORY_MIB + OVERHEAD_MIB);
        assertThat(hypervisor(H1).loads()).singleElement().satisfies((LinodeLoad load) -> {
            assertThat(load.cpu()).isBetween(0.0, 1.0);
            assertThat(load.dirtyMibPerSecond()).isNotNegative();
        });
        assertThat(hypervisor(H1).copies()).isEmpty();
    }

    @Test
    void tellsWhatTheHostIs() {
        HostFacts facts = hypervisor(H1).facts();
        assertThat(facts.bootId()).isNotBlank();
        assertThat(facts.capacity().vcpus()).isPositive();
        assertThat(facts.capacity().memoryMib()).isGreaterThan(HostFacts.CONTROL_DOMAIN_MIB + MEMORY_MIB);
        assertThat(facts.linkMibPerSecond()).isPositive();
        assertThat(hypervisor(H1).facts().bootId()).isEqualTo(facts.bootId());
    }

    @Test
    void aHostThatIsOffIsUnreachableAndComesBackAsAnotherBoot() {
        String boot = hypervisor(H1).facts().bootId();
        start();
        powerOff(H1);
        assertThatThrownBy(() -> hypervisor(H1).describe(ONE)).isInstanceOf(PortUnreachable.class);
        assertThatThrownBy(() -> hypervisor(H1).facts()).isInstanceOf(PortUnreachable.class);
        powerOn(H1);
        assertThat(hypervisor(H1).facts().bootId()).isNotEqualTo(boot);
        assertThat(hypervisor(H1).describe(ONE)).isEqualTo(Domain.absent(ONE));
    }

    private DomainSeen start() {
        return answer(hypervisor(H1).start(started()));
    }

    protected static DomainSpec started() {
        return new DomainSpec(ONE, 3, "order-1", SPEC);
    }

    protected static SendOrder sent(String uri) {
        return new SendOrder(MOVE, ONE, 3, 4, H2, uri);
    }

    private static BootSpec spec(long memoryMib) {
        return new BootSpec(
                1,
                "one",
                new Resources(1, memoryMib),
                "linode/latest-64bit",
                "/dev/sda",
                List.of(ROOT),
                List.of(new Nic("f2:3c:00:00:00:01", List.of("198.18.0.10/17"))));
    }
}
