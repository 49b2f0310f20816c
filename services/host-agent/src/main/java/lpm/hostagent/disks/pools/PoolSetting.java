package lpm.hostagent.disks.pools;

import java.nio.file.Path;
import lpm.contracts.PoolId;

/** What one pool is made of. */
public sealed interface PoolSetting {
    /** What dom0 knows the pool by: {@code /dev/lpm/<name>}, the same on every host. */
    default String dom0Name(PoolId id) {
        return this instanceof Rbd rbd ? rbd.pool() : id.value();
    }

    /**
     * A pool of a Ceph cluster.
     *
     * @param conf a ceph.conf with monitors and key
     * @param pool what Ceph calls it
     */
    record Rbd(Path conf, String pool) implements PoolSetting {}

    /** A folder of this machine. */
    record Dir(Path folder) implements PoolSetting {}

    /** A folder mounted from a server that all hosts share. */
    record NetFs(Path folder) implements PoolSetting {}
}
