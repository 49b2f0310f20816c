package lpm.hostagent.disks.ceph;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.concurrent.CompletionStage;
import lpm.contracts.HostId;
import lpm.hostagent.disks.DiskContract;
import lpm.hostagent.disks.DiskStore;
import lpm.hostagent.lease.PoolLease;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/** The contract on a real Ceph cluster. */
@Tag("ceph")
class CephContractTest extends DiskContract {
    private CephLab lab;

    @BeforeEach
    void start() throws IOException {
        lab = new CephLab();
        fresh = lab.number;
        h1 = lab.host(1);
        h2 = lab.host(2);
        try (RandomAccessFile image =
                new RandomAccessFile(lab.images.resolve("linode-debian12.raw").toFile(), "rw")) {
            image.setLength(8L * 1024 * 1024);
            image.seek(5_000_000);
            image.write(7);
        }
    }

    @AfterEach
    void stop() {
        if (lab != null) {
            lab.close();
        }
    }

    @Override
    protected DiskStore disks(HostId host) {
        return lab.pool(host).disks();
    }

    @Override
    protected PoolLease lease(HostId host) {
        return lab.pool(host).lease();
    }

    @Override
    protected <T> T answer(CompletionStage<T> later) {
        return CephLab.answer(later);
    }
}
