package lpm.hostagent.simulated;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import lpm.contracts.BlockDevice;
import lpm.contracts.DiskSpec;
import lpm.contracts.HostId;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.PoolId;
import lpm.contracts.host.DomainSeen.State;
import lpm.contracts.host.RootAccess;
import lpm.hostagent.hypervisor.PortRefusal;
import lpm.hostagent.hypervisor.PortUnreachable;
import lpm.hostagent.lease.PoolLease.Renewal;
import lpm.hostagent.lease.PoolLease.Revocation;

/** The shared pools: images, their write locks, and the hosts' leases. */
final class PoolModel {
    static final Duration WRITE_IMAGE = Duration.ofMillis(150);
    static final Duration SCRUB = Duration.ofMillis(50);
    static final Duration RESIZE = Duration.ofMillis(50);

    /** What one pool holds at most, in MiB (100 TiB). */
    static final long POOL_MIB = 100L * 1024 * 1024;

    private final ModelState state;

    PoolModel(ModelState state) {
        this.state = state;
    }

    /** Of an access only a digest is kept: it tells whose it is, not what it is. */
    CompletionStage<Optional<String>> createDisk(HostId by, PoolId pool, DiskSpec disk, Optional<RootAccess> access) {
        reached(by, pool);
        String name = "disk-" + disk.disk();
        if (state.image(pool, name).isEmpty()) {
            needsRoom(pool, disk.sizeMib());
            SimImage image = new SimImage(pool, name);
            image.sizeMib = disk.sizeMib();
            image.content = disk.image().orElse(disk.filesystem())
                    + access.map(SimImage::ownerMark).orElse("");
            state.save(image);
        }
        return later(WRITE_IMAGE, Optional::empty);
    }

    CompletionStage<Long> createVolume(HostId by, BlockDevice device, Optional<BlockDevice> cloneOf) {
        reached(by, device.pool());
        cloneOf.ifPresent(this::image);
        if (state.image(device.pool(), device.image()).isEmpty()) {
            needsRoom(device.pool(), device.sizeMib());
            SimImage image = new SimImage(device.pool(), device.image());
            image.sizeMib = device.sizeMib();
            image.content = cloneOf.map(BlockDevice::image).orElse("empty");
            state.save(image);
        }
        return later(WRITE_IMAGE, device::sizeMib);
    }

    CompletionStage<Boolean> delete(HostId by, BlockDevice device) {
        reached(by, device.pool());
        state.domains().stream()
                .filter(each -> each.state != State.off && !each.awaited)
                .filter(each ->
                        each.devices.stream().anyMatch(used -> used.image().equals(device.image())))
                .findFirst()
                .ifPresent(user -> {
                    throw new PortRefusal(device.image() + " is in use by linode " + user.linode + " on " + user.host);
                });
        Optional<SimImage> there = state.image(device.pool(), device.image());
        there.ifPresent(state::remove);
        return later(SCRUB, there::isPresent);
    }

    CompletionStage<Long> resize(HostId by, BlockDevice device, long newSizeMib) {
        reached(by, device.pool());
        SimImage image = image(device);
        needsRoom(device.pool(), newSizeMib - image.sizeMib);
        image.sizeMib = newSizeMib;
        state.save(image);
        return later(RESIZE, () -> newSizeMib);
    }

    void connect(HostId by, List<BlockDevice> devices) {
        devices.forEach(each -> {
            reached(by, each.pool());
            image(each);
        });
    }

    void takeLocks(HostId by, LinodeId linode, long ownerEpoch, List<BlockDevice> devices) {
        for (BlockDevice device : devices) {
            reached(by, device.pool());
            SimImage image = image(device);
            boolean others = image.lockedBy.filter(each -> !each.equals(linode)).isPresent();
            boolean newer = image.lockedBy.isPresent() && image.lockEpoch > ownerEpoch;
            if (others || newer) {
                throw new PortRefusal("the lock of " + device.image() + " is held by linode " + image.lockedBy.get()
                        + " at owner epoch " + image.lockEpoch + ", asked for linode " + linode + " at " + ownerEpoch);
            }
        }
        devices.forEach(each -> {
            SimImage image = image(each);
            image.lockedBy = Optional.of(linode);
            image.lockEpoch = ownerEpoch;
            state.save(image);
        });
    }

    void releaseLocks(HostId by, LinodeId linode, long ownerEpoch, List<BlockDevice> devices) {
        devices.forEach(each -> {
            reached(by, each.pool());
            state.image(each.pool(), each.image()).ifPresent(image -> release(image, linode, ownerEpoch));
        });
    }

    void releaseAllLocks(HostId by, LinodeId linode, long ownerEpoch) {
        reached(by, HostModel.poolOf(state.host(by).region));
        state.images().forEach(each -> release(each, linode, ownerEpoch));
    }

    Renewal acquire(PoolId pool, HostRef self) {
        reachedForLease(self.host());
        Optional<SimLease> before = state.lease(pool, self.host());
        boolean newer = before.map(each -> each.hostEpoch() < self.hostEpoch()).orElse(true);
        if (newer) {
            state.save(new SimLease(pool, self.host(), self.hostEpoch(), state.time.now(), false));
        }
        return newer ? Renewal.renewed : renew(pool, self);
    }

    Renewal renew(PoolId pool, HostRef self) {
        reachedForLease(self.host());
        boolean held = state.lease(pool, self.host())
                .filter(each -> each.hostEpoch() == self.hostEpoch() && !each.revoked())
                .isPresent();
        if (held) {
            state.save(new SimLease(pool, self.host(), self.hostEpoch(), state.time.now(), false));
        }
        return held ? Renewal.renewed : Renewal.revoked;
    }

    /** Compare-and-set. Who never had a lease never ran anything; a newer registration outlives an older one. */
    Revocation revoke(HostId by, PoolId pool, HostRef other, long minUnrenewedMillis) {
        reachedForLease(by);
        Optional<SimLease> lease = state.lease(pool, other.host());
        if (lease.isEmpty()) {
            state.save(new SimLease(pool, other.host(), other.hostEpoch(), state.time.now(), true));
            return new Revocation(true, minUnrenewedMillis);
        }
        long age = Duration.between(lease.get().renewedAt(), state.time.now()).toMillis();
        boolean superseded = lease.get().hostEpoch() > other.hostEpoch();
        if (superseded || lease.get().revoked() || age >= minUnrenewedMillis) {
            if (!superseded) {
                SimLease held = lease.get();
                state.save(new SimLease(pool, other.host(), other.hostEpoch(), held.renewedAt(), true));
            }
            return new Revocation(true, age);
        }
        return new Revocation(false, age);
    }

    private void release(SimImage image, LinodeId linode, long ownerEpoch) {
        if (image.lockedBy.equals(Optional.of(linode)) && image.lockEpoch <= ownerEpoch) {
            image.lockedBy = Optional.empty();
            state.save(image);
        }
    }

    /** The pool answers this host, unless it is cut off or shut out. */
    private void reached(HostId by, PoolId pool) {
        reachedForLease(by);
        if (state.lease(pool, by).filter(SimLease::revoked).isPresent()) {
            throw new PortRefusal("host " + by + " is shut out at " + pool);
        }
    }

    private void reachedForLease(HostId by) {
        if (state.on(by).poolCut) {
            throw new PortUnreachable("host " + by + " does not reach the pool");
        }
    }

    private SimImage image(BlockDevice device) {
        return state.image(device.pool(), device.image())
                .orElseThrow(() -> new PortRefusal("there is no " + device.image() + " in " + device.pool()));
    }

    private void needsRoom(PoolId pool, long moreMib) {
        long taken = state.images().stream()
                .filter(each -> each.pool.equals(pool))
                .mapToLong(each -> each.sizeMib)
                .sum();
        if (taken + moreMib > POOL_MIB) {
            throw new PortRefusal("pool " + pool + " is full");
        }
    }

    private <T> CompletionStage<T> later(Duration wait, Supplier<T> answer) {
        CompletableFuture<T> done = new CompletableFuture<>();
        state.time.after(wait, () -> done.complete(answer.get()));
        return done;
    }
}
