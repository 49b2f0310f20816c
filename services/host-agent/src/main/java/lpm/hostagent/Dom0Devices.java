package lpm.hostagent;

import java.time.Duration;
import java.util.List;
import lpm.hostagent.disks.DeviceMap;
import lpm.hostagent.hypervisor.xen.Dom0;

/** Maps images by the agent's rights in dom0. The key to Ceph and the places of folders stay there. */
final class Dom0Devices implements DeviceMap, AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Dom0 dom0;

    Dom0Devices(List<String> command) {
        this.dom0 = new Dom0(command);
    }

    @Override
    public void map(String pool, String image) {
        dom0.ask(LIMIT, "map", pool, image);
    }

    @Override
    public void unmap(String pool, String image) {
        dom0.ask(LIMIT, "unmap", pool, image);
    }

    @Override
    public void unmapAll() {
        dom0.ask(LIMIT, "unmap-all");
    }

    @Override
    public void grow(String pool) {
        dom0.ask(LIMIT, "grow", pool);
    }

    @Override
    public void close() {
        dom0.close();
    }
}
