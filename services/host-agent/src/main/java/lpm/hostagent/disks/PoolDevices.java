package lpm.hostagent.disks;

import java.util.Collection;
import lpm.hostagent.hypervisor.PortRefusal;

/**
 * The block devices of one pool.
 *
 * @param pool what dom0 knows it by
 */
public record PoolDevices(DeviceMap devices, String pool) {
    /** As {@link DeviceMap#map}. */
    public void map(String image) {
        devices.map(pool, image);
    }

    /** As {@link DeviceMap#unmap}. */
    public void unmap(String image) {
        devices.unmap(pool, image);
    }

    /** What was connected for nothing, such as for a migration that was called off, would keep the image in use. */
    public void unmapUnused(Collection<String> images) {
        images.forEach(this::unmapUnused);
    }

    private void unmapUnused(String image) {
        try {
            devices.unmap(pool, image);
        } catch (PortRefusal open) {
            // A domain still has it; its own removal takes the device away.
            return;
        }
    }

    /** As {@link DeviceMap#grow}. */
    public void grow() {
        devices.grow(pool);
    }
}
