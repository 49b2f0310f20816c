package lpm.hostagent.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import lpm.contracts.BlockDevice;
import lpm.contracts.BootSpec;
import lpm.contracts.HostId;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;
import lpm.contracts.host.DomainSeen;
import lpm.contracts.host.DomainSeen.State;
import lpm.contracts.host.HostReport.LinodeStopObserved.Cause;
import lpm.contracts.host.Telemetry.LinodeLoad;
import lpm.hostagent.World;
import lpm.hostagent.disks.DiskContract;
import lpm.hostagent.hypervisor.Domain;
import lpm.hostagent.hypervisor.DomainSpec;
import lpm.hostagent.hypervisor.Hypervisor;
import lpm.hostagent.hypervisor.IncomingOrder;
import lpm.hostagent.hypervisor.PortRefusal;
import lpm.hostagent.hypervisor.PortUnreachable;
import lpm.hostagent.hypervisor.SendOrder;
import lpm.hostagent.hypervisor.SendOutcome;
import org.junit.jupiter.api.Test;

/** What every hypervisor must do, and its pools, however they are reached. */
abstract class PortContract extends DiskContract {
    static final HostId H1 = HostId.of("h1");
    static final HostId H2 = HostId.of("h2");
    private static final LinodeId ONE = new LinodeId(1);
    private static final MigrationId MOVE = new MigrationId(7);
    private static final BootSpec SPEC = World.spec(1, 1);

    abstract Hypervisor hypervisor(HostId host);

    abstract XenControl control();

    @Test
    void startsShowsAndDestroysADomain() {
        assertThat(hypervisor(H1).describe(ONE)).isEqualTo(Domain.absent(ONE));
        DomainSeen up = start();
        assertThat(up).isEqualTo(new DomainSeen(ONE, State.running, false, 3, 1, Optional.empty()));
        Domain shown = hypervisor(H1).describe(ONE);
        assertThat(shown.seen()).isEqualTo(up);
        assertThat(shown.startedBy()).contains("order-1");
        assertThat(shown.devices()).isEqualTo(SPEC.devices());
        assertThat(shown.memoryMib()).isEqualTo(1_024);
        assertThat(hypervisor(H1).list()).containsExactly(shown);
        hypervisor(H1).destroy(ONE);
        hypervisor(H1).destroy(ONE);
        assertThat(hypervisor(H1).list()).isEmpty();
    }

    @Test
    void refusesASecondDomainAndOneThatDoesNotFit() {
        start();
        assertThatThrownBy(this::start).isInstanceOf(PortRefusal.class).hasMessageContaining("there already");
        BootSpec huge =
                new BootSpec(1, "huge", new lpm.contracts.Resources(1, 999_999), "k", "/dev/sda", List.of(), List.of());
        assertThatThrownBy(() -> answer(hypervisor(H1).start(new DomainSpec(new LinodeId(2), 1, "o", huge))))
                .isInstanceOf(PortRefusal.class)
                .hasMessageContaining("MiB left");
    }

    @Test
    void shutsDownFromInside() {
        start();
        DomainSeen down = answer(hypervisor(H1).shutdown(ONE, 30_000));
        assertThat(down.state()).isEqualTo(State.off);
        assertThat(hypervisor(H1).describe(ONE).stopped()).contains(Cause.requested);
    }

    @Test
    void showsWhyAGuestStoppedByItself() {
        start();
        control().stopGuest(H1, ONE, Cause.guest);
        assertThat(hypervisor(H1).describe(ONE).stopped()).contains(Cause.guest);
    }

    @Test
    void plugsAndUnplugsADevice() {
        start();
        BlockDevice volume = volume();
        hypervisor(H1).attach(ONE, volume);
        assertThat(hypervisor(H1).describe(ONE).devices()).contains(volume);
        assertThatThrownBy(() -> hypervisor(H1).attach(ONE, volume)).isInstanceOf(PortRefusal.class);
        hypervisor(H1).detach(ONE, volume);
        assertThat(hypervisor(H1).describe(ONE).devices()).doesNotContain(volume);
    }

    @Test
    void sendsADomainThatStaysPausedUntilItIsResumed() {
        start();
        String uri = hypervisor(H2).prepareIncoming(new IncomingOrder(MOVE, ONE, 4, SPEC));
        assertThat(hypervisor(H2).describe(ONE).seen().state()).isEqualTo(State.absent);
        SendOutcome outcome = answer(hypervisor(H1).send(new SendOrder(MOVE, ONE, 3, 4, H2, uri)));
        assertThat(outcome).isInstanceOf(SendOutcome.Released.class);
        assertThat(hypervisor(H1).describe(ONE)).isEqualTo(Domain.absent(ONE));
        DomainSeen paused = hypervisor(H2).describe(ONE).seen();
        assertThat(paused).isEqualTo(new DomainSeen(ONE, State.paused, false, 4, 1, Optional.of(MOVE)));
        long pause = hypervisor(H2).resume(ONE, MOVE, 4);
        assertThat(pause).isGreaterThanOrEqualTo(((SendOutcome.Released) outcome).pauseMillis());
        assertThat(hypervisor(H2).describe(ONE).seen().state()).isEqualTo(State.running);
        assertThat(control().doubles()).isEmpty();
    }

    @Test
    void aTargetThatDoesNotAwaitTheDomainGetsNone() {
        start();
        SendOutcome outcome = answer(hypervisor(H1).send(new SendOrder(MOVE, ONE, 3, 4, H2, "sim://h2")));
        assertThat(outcome).isInstanceOfSatisfying(SendOutcome.Failed.class, it -> assertThat(
                        it.seen().state())
                .isEqualTo(State.running));
        assertThat(hypervisor(H2).list()).isEmpty();
    }

    @Test
    void aCancelledCopyCannotBeResumed() {
        start();
        hypervisor(H2).prepareIncoming(new IncomingOrder(MOVE, ONE, 4, SPEC));
        answer(hypervisor(H1).send(new SendOrder(MOVE, ONE, 3, 4, H2, "sim://h2")));
        hypervisor(H2).cancelIncoming(ONE, MOVE);
        assertThatThrownBy(() -> hypervisor(H2).resume(ONE, MOVE, 4)).isInstanceOf(PortRefusal.class);
    }

    @Test
    void measuresItsDomains() {
        long before = hypervisor(H1).freeMemoryMib();
        start();
        assertThat(hypervisor(H1).freeMemoryMib()).isEqualTo(before - 1_024);
        assertThat(hypervisor(H1).loads()).singleElement().satisfies((LinodeLoad load) -> {
            assertThat(load.cpu()).isBetween(0.0, 1.0);
            assertThat(load.dirtyMibPerSecond()).isPositive();
        });
        assertThat(hypervisor(H1).copies()).isEmpty();
    }

    @Test
    void aHostThatIsOffIsUnreachableAndComesBackAsAnotherBoot() {
        String boot = hypervisor(H1).facts().bootId();
        start();
        control().powerOff(H1);
        assertThatThrownBy(() -> hypervisor(H1).list()).isInstanceOf(PortUnreachable.class);
        letTimePass();
        control().powerOn(H1);
        assertThat(hypervisor(H1).facts().bootId()).isNotEqualTo(boot);
        assertThat(hypervisor(H1).list()).isEmpty();
    }

    abstract void letTimePass();

    private DomainSeen start() {
        return answer(hypervisor(H1).start(new DomainSpec(ONE, 3, "order-1", SPEC)));
    }
}
