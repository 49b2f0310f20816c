package lpm.hostagent.simulated;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import lpm.contracts.HostId;
import lpm.contracts.Resources;
import lpm.hostagent.World;
import lpm.hostagent.disks.DiskStore;
import lpm.hostagent.hypervisor.Hypervisor;
import lpm.hostagent.lease.PoolLease;

/** The model called in the same thread, on virtual time. */
class DirectPortTest extends PortContract {
    private final SimulatedXen xen = new SimulatedXen(7, Instant.parse("2005-06-01T12:00:00Z"));

    DirectPortTest() {
        xen.addHost(H1, World.REGION, new Resources(8, 8_192), 1_000);
        xen.addHost(H2, World.REGION, new Resources(8, 8_192), 1_000);
    }

    @Override
    Hypervisor hypervisor(HostId host) {
        return xen.hypervisor(host);
    }

    @Override
    protected DiskStore disks(HostId host) {
        return xen.disks(host);
    }

    @Override
    protected PoolLease lease(HostId host) {
        return xen.lease(host);
    }

    @Override
    XenControl control() {
        return xen;
    }

    @Override
    protected <T> T answer(CompletionStage<T> later) {
        CompletableFuture<T> future = later.toCompletableFuture();
        while (!future.isDone()) {
            xen.advanceTo(xen.nextDue().orElseThrow());
        }
        return future.join();
    }

    @Override
    void letTimePass() {
        xen.advanceTo(xen.now().plus(Duration.ofSeconds(1)));
    }
}
