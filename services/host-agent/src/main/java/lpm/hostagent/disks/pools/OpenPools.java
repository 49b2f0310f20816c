package lpm.hostagent.disks.pools;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import lpm.contracts.HostId;
import lpm.contracts.PoolId;
import lpm.hostagent.disks.DeviceMap;
import lpm.hostagent.disks.DiskStore;
import lpm.hostagent.disks.PoolDevices;
import lpm.hostagent.disks.PoolHealth.Sight;
import lpm.hostagent.disks.RawImages;
import lpm.hostagent.disks.ceph.CephPool;
import lpm.hostagent.disks.files.FolderPool;
import lpm.hostagent.lease.PoolLease;

/** All pools of a host in use, with the threads that work on their bytes and those that look after them. */
public final class OpenPools implements AutoCloseable {
    private final Map<PoolId, OpenPool> pools = new LinkedHashMap<>();
    private final List<CephPool> ceph = new ArrayList<>();
    /** Platform threads: calls of C libraries hold their thread, and there must always be one more. */
    private final ExecutorService executor = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("pool-", 0).factory());

    private final PoolsWatch watch;

    /**
     * Throws {@link IllegalArgumentException} or {@link IllegalStateException} with a sentence where a pool cannot be
     * used at all; one that does not answer now may answer later.
     *
     * @param address where this host's block devices reach pools from
     * @param images {@code LPM_IMAGES}
     */
    public OpenPools(PoolsConfig config, HostId self, String address, Path images, DeviceMap devices) {
        RawImages sources = new RawImages(images);
        config.pools().forEach((id, setting) -> pools.put(id, open(id, setting, self, address, sources, devices)));
        this.watch = new PoolsWatch(pools);
    }

    private OpenPool open(
            PoolId id, PoolSetting setting, HostId self, String address, RawImages sources, DeviceMap devices) {
        PoolDevices own = new PoolDevices(devices, setting.dom0Name(id));
        return switch (setting) {
            case PoolSetting.Rbd it -> {
                CephPool pool = new CephPool(self, address, it.conf(), it.pool(), devices, sources, executor);
                ceph.add(pool);
                yield new OpenPool(pool.disks(), pool.lease(), pool.health(), () -> {});
            }
            case PoolSetting.Dir it -> folder(new FolderPool("dir", self, it.folder(), own, sources, executor));
            case PoolSetting.NetFs it -> {
                // into an empty mount point a host would write for itself alone
                NfsMount.check(it.folder());
                yield folder(new FolderPool("netfs", self, it.folder(), own, sources, executor));
            }
        };
    }

    private static OpenPool folder(FolderPool pool) {
        return new OpenPool(pool.disks(), pool.lease(), pool.health(), pool::tend);
    }

    public DiskStore disks() {
        return new PoolDisks(pools);
    }

    public PoolLease lease() {
        return new PoolLeases(pools);
    }

    public List<PoolId> ids() {
        return List.copyOf(pools.keySet());
    }

    /** How each pool was when it was last looked at; does not wait. */
    public Map<PoolId, Sight> sights() {
        return watch.sights();
    }

    @Override
    public void close() {
        watch.close();
        executor.shutdownNow();
        ceph.forEach(CephPool::close);
    }
}
