package lpm.hostagent.disks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import lpm.contracts.BlockDevice;
import lpm.contracts.DiskId;
import lpm.contracts.DiskSpec;
import lpm.contracts.HostId;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.PoolId;
import lpm.hostagent.World;
import lpm.hostagent.hypervisor.PortRefusal;
import lpm.hostagent.lease.PoolLease;
import lpm.hostagent.lease.PoolLease.Renewal;
import org.junit.jupiter.api.Test;

/** What every disk store and lease must do, however it is reached. */
public abstract class DiskContract {
    protected static final PoolId POOL = World.POOL;

    /** Two hosts nobody has used before this test. */
    protected HostId h1 = HostId.of("h1");

    protected HostId h2 = HostId.of("h2");

    /** A Linode, a disk and a volume nobody has used before this test. */
    protected long fresh = 1;

    protected abstract DiskStore disks(HostId host);

    protected abstract PoolLease lease(HostId host);

    /** The answer of a call that takes its time. */
    protected abstract <T> T answer(CompletionStage<T> later);

    @Test
    void makesResizesAndScrubsBytes() {
        assertThat(answer(disks(h1).createDisk(POOL, one(), rootDisk(), Optional.empty())))
                .isEmpty();
        BlockDevice device = disk(2_048);
        disks(h2).connect(List.of(device));
        assertThat(answer(disks(h2).resize(device, 4_096))).isEqualTo(4_096);
        assertThat(answer(disks(h1).delete(device))).isTrue();
        assertThat(answer(disks(h1).delete(device))).isFalse();
        assertThatThrownBy(() -> disks(h1).connect(List.of(device))).isInstanceOf(PortRefusal.class);
        assertThatThrownBy(() -> answer(disks(h1).resize(device, 8_192))).isInstanceOf(PortRefusal.class);
    }

    @Test
    void makesTheSameBytesOnce() {
        answer(disks(h1).createDisk(POOL, one(), rootDisk(), Optional.empty()));
        assertThat(answer(disks(h2).createDisk(POOL, one(), rootDisk(), Optional.empty())))
                .isEmpty();
        disks(h2).connect(List.of(disk(2_048)));
        BlockDevice volume = volume();
        assertThat(answer(disks(h1).createVolume(volume, Optional.empty()))).isEqualTo(1_024);
    }

    @Test
    void clonesAVolume() {
        BlockDevice volume = volume();
        BlockDevice clone = new BlockDevice("sdd", BlockDevice.Kind.volume, fresh + 1, POOL, 2_048);
        assertThat(answer(disks(h1).createVolume(clone, Optional.of(volume)))).isEqualTo(2_048);
        assertThat(answer(disks(h2).delete(volume))).isTrue();
        disks(h2).connect(List.of(clone));
        assertThat(answer(disks(h2).delete(clone))).isTrue();
    }

    @Test
    void aLockGoesToNewerEpochsOfTheSameLinodeOnly() {
        List<BlockDevice> devices = List.of(volume());
        disks(h1).takeLocks(one(), 3, devices);
        disks(h1).takeLocks(one(), 3, devices);
        disks(h2).takeLocks(one(), 4, devices);
        assertThatThrownBy(() -> disks(h1).takeLocks(one(), 3, devices)).isInstanceOf(PortRefusal.class);
        assertThatThrownBy(() -> disks(h1).takeLocks(two(), 9, devices)).isInstanceOf(PortRefusal.class);
        disks(h1).releaseAllLocks(one(), 3);
        assertThatThrownBy(() -> disks(h1).takeLocks(two(), 9, devices)).isInstanceOf(PortRefusal.class);
        disks(h1).releaseLocks(one(), 4, devices);
        disks(h1).takeLocks(two(), 1, devices);
    }

    @Test
    void takesAllLocksOrNone() {
        BlockDevice volume = volume();
        answer(disks(h1).createDisk(POOL, one(), rootDisk(), Optional.empty()));
        disks(h1).takeLocks(two(), 1, List.of(volume));
        assertThatThrownBy(() -> disks(h1).takeLocks(one(), 5, List.of(disk(2_048), volume)))
                .isInstanceOf(PortRefusal.class)
                .hasMessageContaining(volume.image());
        disks(h2).takeLocks(two(), 1, List.of(disk(2_048)));
        disks(h2).releaseAllLocks(two(), 1);
        disks(h1).takeLocks(one(), 5, List.of(disk(2_048), volume));
    }

    @Test
    void aRevokedLeaseIsNeverRenewedButANewerRegistrationGetsAnother() {
        HostRef first = new HostRef(h1, 1);
        assertThat(lease(h1).acquire(POOL, first)).isEqualTo(Renewal.renewed);
        assertThat(lease(h1).acquire(POOL, first)).isEqualTo(Renewal.renewed);
        assertThat(lease(h1).renew(POOL, first)).isEqualTo(Renewal.renewed);
        assertThat(lease(h2).revoke(POOL, first, 20_000).revoked()).isFalse();
        assertThat(lease(h2).revoke(POOL, first, 0).revoked()).isTrue();
        assertThat(lease(h2).revoke(POOL, first, 20_000).revoked()).isTrue();
        assertThat(lease(h1).renew(POOL, first)).isEqualTo(Renewal.revoked);
        assertThat(lease(h1).acquire(POOL, first)).isEqualTo(Renewal.revoked);
        assertThatThrownBy(() -> disks(h1).connect(List.of(volume()))).isInstanceOf(PortRefusal.class);
        assertThat(lease(h1).acquire(POOL, new HostRef(h1, 2))).isEqualTo(Renewal.renewed);
        assertThat(lease(h1).renew(POOL, first)).isEqualTo(Renewal.revoked);
        assertThat(lease(h2).revoke(POOL, first, 20_000).revoked()).isTrue();
        assertThat(lease(h1).renew(POOL, new HostRef(h1, 2))).isEqualTo(Renewal.renewed);
        disks(h1).connect(List.of(volume()));
    }

    @Test
    void aHostWithoutALeaseIsRevokedAtOnceAndStaysSo() {
        HostRef never = new HostRef(h1, 3);
        assertThat(lease(h2).revoke(POOL, never, 20_000).revoked()).isTrue();
        assertThat(lease(h1).acquire(POOL, never)).isEqualTo(Renewal.revoked);
        assertThat(lease(h1).acquire(POOL, new HostRef(h1, 4))).isEqualTo(Renewal.renewed);
    }

    protected final LinodeId one() {
        return new LinodeId(fresh);
    }

    protected final LinodeId two() {
        return new LinodeId(fresh + 1);
    }

    protected final BlockDevice disk(long sizeMib) {
        return new BlockDevice("sda", BlockDevice.Kind.disk, fresh, POOL, sizeMib);
    }

    protected final DiskSpec rootDisk() {
        return new DiskSpec(new DiskId(fresh), "root", 2_048, "ext4", Optional.of("linode/debian12"), Optional.empty());
    }

    protected final BlockDevice volume() {
        BlockDevice volume = new BlockDevice("sdc", BlockDevice.Kind.volume, fresh, POOL, 1_024);
        answer(disks(h2).createVolume(volume, Optional.empty()));
        return volume;
    }
}
