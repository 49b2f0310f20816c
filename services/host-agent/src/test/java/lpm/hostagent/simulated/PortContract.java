package lpm.hostagent.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import lpm.contracts.BlockDevice;
import lpm.contracts.BootSpec;
import lpm.contracts.DiskId;
import lpm.contracts.DiskSpec;
import lpm.contracts.HostId;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;
import lpm.contracts.host.DomainSeen;
import lpm.contracts.host.DomainSeen.State;
import lpm.contracts.host.HostReport.LinodeStopObserved.Cause;
import lpm.contracts.host.Telemetry.LinodeLoad;
import lpm.hostagent.World;
import lpm.hostagent.disks.DiskStore;
import lpm.hostagent.hypervisor.Domain;
import lpm.hostagent.hypervisor.DomainSpec;
import lpm.hostagent.hypervisor.Hypervisor;
import lpm.hostagent.hypervisor.IncomingOrder;
import lpm.hostagent.hypervisor.PortRefusal;
import lpm.hostagent.hypervisor.PortUnreachable;
import lpm.hostagent.hypervisor.SendOrder;
import lpm.hostagent.hypervisor.SendOutcome;
import lpm.hostagent.lease.PoolLease;
import lpm.hostagent.lease.PoolLease.Renewal;
import org.junit.jupiter.api.Test;

/** What every hypervisor, disk store and lease must do, however it is reached. */
abstract class PortContract {
    static final HostId H1 = HostId.of("h1");
    static final HostId H2 = HostId.of("h2");
    private static final LinodeId ONE = new LinodeId(1);
    private static final MigrationId MOVE = new MigrationId(7);
    private static final BootSpec SPEC = World.spec(1, 1);

    abstract Hypervisor hypervisor(HostId host);

    abstract DiskStore disks(HostId host);

    abstract PoolLease lease(HostId host);

    abstract XenControl control();

    /** The answer of a call that takes its time. */
    abstract <T> T answer(CompletionStage<T> later);

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

    @Test
    void makesResizesAndScrubsBytes() {
        DiskSpec disk =
                new DiskSpec(new DiskId(5), "root", 2_048, "ext4", Optional.of("linode/debian12"), Optional.empty());
        assertThat(answer(disks(H1).createDisk(World.POOL, ONE, disk, Optional.empty())))
                .isEqualTo(2_048);
        BlockDevice device = new BlockDevice("sda", BlockDevice.Kind.disk, 5, World.POOL, 2_048);
        disks(H2).connect(List.of(device));
        assertThat(answer(disks(H2).resize(device, 4_096))).isEqualTo(4_096);
        assertThat(answer(disks(H1).delete(device))).isTrue();
        assertThat(answer(disks(H1).delete(device))).isFalse();
        assertThatThrownBy(() -> disks(H1).connect(List.of(device))).isInstanceOf(PortRefusal.class);
    }

    @Test
    void aLockGoesToNewerEpochsOfTheSameLinodeOnly() {
        List<BlockDevice> devices = List.of(volume());
        disks(H1).takeLocks(ONE, 3, devices);
        disks(H1).takeLocks(ONE, 3, devices);
        disks(H2).takeLocks(ONE, 4, devices);
        assertThatThrownBy(() -> disks(H1).takeLocks(ONE, 3, devices)).isInstanceOf(PortRefusal.class);
        assertThatThrownBy(() -> disks(H1).takeLocks(new LinodeId(2), 9, devices))
                .isInstanceOf(PortRefusal.class);
        disks(H1).releaseAllLocks(ONE, 3);
        assertThatThrownBy(() -> disks(H1).takeLocks(new LinodeId(2), 9, devices))
                .isInstanceOf(PortRefusal.class);
        disks(H1).releaseLocks(ONE, 4, devices);
        disks(H1).takeLocks(new LinodeId(2), 1, devices);
    }

    @Test
    void aRevokedLeaseIsNeverRenewedButANewerRegistrationGetsAnother() {
        HostRef first = new HostRef(H1, 1);
        assertThat(lease(H1).acquire(World.POOL, first)).isEqualTo(Renewal.renewed);
        assertThat(lease(H1).renew(World.POOL, first)).isEqualTo(Renewal.renewed);
        assertThat(lease(H2).revoke(World.POOL, first, 20_000).revoked()).isFalse();
        assertThat(lease(H2).revoke(World.POOL, first, 0).revoked()).isTrue();
        assertThat(lease(H1).renew(World.POOL, first)).isEqualTo(Renewal.revoked);
        assertThat(lease(H1).acquire(World.POOL, first)).isEqualTo(Renewal.revoked);
        assertThatThrownBy(() -> disks(H1).connect(List.of(volume()))).isInstanceOf(PortRefusal.class);
        assertThat(lease(H1).acquire(World.POOL, new HostRef(H1, 2))).isEqualTo(Renewal.renewed);
        disks(H1).connect(List.of());
    }

    abstract void letTimePass();

    private DomainSeen start() {
        return answer(hypervisor(H1).start(new DomainSpec(ONE, 3, "order-1", SPEC)));
    }

    private BlockDevice volume() {
        BlockDevice volume = new BlockDevice("sdc", BlockDevice.Kind.volume, 9, World.POOL, 1_024);
        answer(disks(H2).createVolume(volume, Optional.empty()));
        return volume;
    }
}
