package lpm.hostagent.simulated;

import java.util.concurrent.CompletionStage;
import lpm.contracts.HostId;
import lpm.hostagent.disks.DiskContract;
import lpm.hostagent.disks.DiskStore;
import lpm.hostagent.lease.PoolLease;

/** The model's pool called in the same thread, on virtual time. */
class DirectDisksTest extends DiskContract {
    private final DirectModel model = new DirectModel();

    @Override
    protected DiskStore disks(HostId host) {
        return model.xen.disks(host);
    }

    @Override
    protected PoolLease lease(HostId host) {
        return model.xen.lease(host);
    }

    @Override
    protected <T> T answer(CompletionStage<T> later) {
        return model.answer(later);
    }
}
