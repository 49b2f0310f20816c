package lpm.hostagent.hypervisor.xen;

import lpm.contracts.BlockDevice;

/** Where in dom0 a connected device is found. The same on every host, because the path travels with the domain. */
@FunctionalInterface
public interface DevicePaths {
    String of(BlockDevice device);
}
