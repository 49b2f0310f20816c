package lpm.hostagent.hypervisor.xen;

import java.util.Optional;
import lpm.contracts.BlockDevice;
import lpm.contracts.PoolId;

/** A block device as its serial number, so that a domain tells what is plugged in: {@code pool-a/disk-4/1024}. */
final class DiskSerial {
    private static final String FORM = "[a-z0-9-]+/(disk|volume)-[0-9]+/[0-9]+";

    private DiskSerial() {}

    static String of(BlockDevice device) {
        return device.pool() + "/" + device.image() + "/" + device.sizeMib();
    }

    /** The device behind a serial; empty for disks that are not ours. */
    static Optional<BlockDevice> parse(String slot, String serial) {
        if (!serial.matches(FORM)) {
            return Optional.empty();
        }
        String[] parts = serial.split("/");
        int dash = parts[1].indexOf('-');
        return Optional.of(new BlockDevice(
                slot,
                BlockDevice.Kind.valueOf(parts[1].substring(0, dash)),
                Long.parseLong(parts[1].substring(dash + 1)),
                PoolId.of(parts[0]),
                Long.parseLong(parts[2])));
    }
}
