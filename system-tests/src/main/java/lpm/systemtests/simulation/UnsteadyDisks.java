package lpm.systemtests.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import lpm.contracts.BlockDevice;
import lpm.contracts.DiskSpec;
import lpm.contracts.LinodeId;
import lpm.contracts.PoolId;
import lpm.contracts.host.RootAccess;
import lpm.hostagent.disks.DiskStore;
import lpm.hostagent.hypervisor.PortUnreachable;

/** The pools as one host reaches them, slow or failing while it is told to be. */
final class UnsteadyDisks implements DiskStore {
    private final DiskStore real;
    private final Timeline timeline;
    private Duration extra = Duration.ZERO;
    private boolean failing;

    UnsteadyDisks(DiskStore real, Timeline timeline) {
        this.real = real;
        this.timeline = timeline;
    }

    /** What takes long takes so much longer from now on. */
    void slowBy(Duration more) {
        extra = more;
    }

    /** Every call is done, and its answer is lost. */
    void loseAnswers(boolean all) {
        failing = all;
    }

    private <T> CompletionStage<T> late(CompletionStage<T> answer) {
        if (failing) {
            throw new PortUnreachable("the answer of the disks was lost");
        }
        if (extra.isZero()) {
            return answer;
        }
        CompletableFuture<T> late = new CompletableFuture<>();
        answer.whenComplete((value, failure) -> timeline.after(extra, () -> {
            if (failure == null) {
                late.complete(value);
            } else {
                late.completeExceptionally(failure);
            }
        }));
        return late;
    }

    private void now(Runnable call) {
        call.run();
        if (failing) {
            throw new PortUnreachable("the answer of the disks was lost");
        }
    }

    @Override
    public CompletionStage<Optional<String>> createDisk(
            PoolId pool, LinodeId linode, DiskSpec disk, Optional<RootAccess> access) {
        return late(real.createDisk(pool, linode, disk, access));
    }

    @Override
    public CompletionStage<Long> createVolume(BlockDevice device, Optional<BlockDevice> cloneOf) {
        return late(real.createVolume(device, cloneOf));
    }

    @Override
    public CompletionStage<Boolean> delete(BlockDevice device) {
        return late(real.delete(device));
    }

    @Override
    public CompletionStage<Long> resize(BlockDevice device, long newSizeMib) {
        return late(real.resize(device, newSizeMib));
    }

    @Override
    public void connect(List<BlockDevice> devices) {
        now(() -> real.connect(devices));
    }

    @Override
    public void disconnect(List<BlockDevice> devices) {
        now(() -> real.disconnect(devices));
    }

    @Override
    public void takeLocks(LinodeId linode, long ownerEpoch, List<BlockDevice> devices) {
        now(() -> real.takeLocks(linode, ownerEpoch, devices));
    }

    @Override
    public void releaseLocks(LinodeId linode, long ownerEpoch, List<BlockDevice> devices) {
        now(() -> real.releaseLocks(linode, ownerEpoch, devices));
    }

    @Override
    public void releaseAllLocks(LinodeId linode, long ownerEpoch) {
        now(() -> real.releaseAllLocks(linode, ownerEpoch));
    }
}
