package lpm.hostagent.simulated;

import java.util.concurrent.CompletionStage;
import lpm.contracts.HostId;
import lpm.hostagent.disks.DiskContract;
import lpm.hostagent.disks.DiskStore;
import lpm.hostagent.lease.PoolLease;
import org.junit.jupiter.api.AfterEach;

/** The model's pool through its sockets, on real time. */
class SocketDisksTest extends DiskContract {
    private final SocketModel model = new SocketModel();

    @AfterEach
    void stop() {
        model.close();
    }

    @Override
    protected DiskStore disks(HostId host) {
        return model.client(host.value()).disks();
    }

    @Override
    protected PoolLease lease(HostId host) {
        return model.client(host.value()).lease();
    }

    @Override
    protected <T> T answer(CompletionStage<T> later) {
        return model.answer(later);
    }
}
