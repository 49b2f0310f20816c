package lpm.hostagent.disks.ceph;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executor;
import lpm.contracts.HostId;
import lpm.hostagent.disks.DeviceMap;
import lpm.hostagent.disks.DiskStore;
import lpm.hostagent.disks.PoolDevices;
import lpm.hostagent.disks.PoolHealth;
import lpm.hostagent.disks.PoolLocks;
import lpm.hostagent.disks.RawImages;
import lpm.hostagent.lease.RecordLease;

/**
 * One Ceph pool as one host reaches it, by two connections: one for records, whose calls are answered within seconds or
 * not at all, and one for bytes, which may wait until a lost OSD is given up.
 */
public final class CephPool implements AutoCloseable {
    private static final Duration RECORDS = Duration.ofSeconds(3);
    private static final Duration BYTES = Duration.ofSeconds(60);

    private final CephCluster quick;
    private final CephCluster bulk;
    private final RbdDisks disks;
    private final RecordLease lease;

    /**
     * Nothing is connected yet. Throws {@link IllegalStateException} where Ceph's libraries are not installed.
     *
     * @param address where this host's block devices reach Ceph from, such as {@code 192.168.77.1}
     * @param conf a ceph.conf with the monitors and a key
     * @param executor runs imports, copies and removals
     */
    public CephPool(
            HostId self,
            String address,
            Path conf,
            String pool,
            DeviceMap devices,
            RawImages sources,
            Executor executor) {
        CephLibraries libraries = CephLibraries.load();
        this.quick = new CephCluster(libraries, conf, pool, RECORDS);
        this.bulk = new CephCluster(libraries, conf, pool, BYTES);
        CephRecords records = new CephRecords(quick);
        this.disks = new RbdDisks(
                self, quick, bulk, new PoolLocks(records, self), new PoolDevices(devices, pool), sources, executor);
        this.lease = new RecordLease(records, new Blocklist(quick, devices), address, System::nanoTime);
    }

    public DiskStore disks() {
        return disks;
    }

    public RecordLease lease() {
        return lease;
    }

    public PoolHealth health() {
        return new CephHealth(quick);
    }

    CephCluster quick() {
        return quick;
    }

    CephCluster bulk() {
        return bulk;
    }

    @Override
    public void close() {
        quick.close();
        bulk.close();
    }
}
