package lpm.scheduler.linode;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import lpm.contracts.BlockDevice;
import lpm.contracts.DiskSpec;

/** Which device is in which slot. */
final class LinodeSlots {
    /** The slots a Linode has. */
    static final List<String> ALL = List.of("sda", "sdb", "sdc", "sdd", "sde", "sdf", "sdg", "sdh");

    private LinodeSlots() {}

    /** The kept devices, and those that the ordered disks become when their bytes are there. */
    static List<BlockDevice> filled(List<DiskSpec> ordered, List<BlockDevice> bytes, List<BlockDevice> kept) {
        List<BlockDevice> all = new ArrayList<>(kept);
        for (DiskSpec spec : ordered) {
            bytes.stream()
                    .filter(each -> each.kind() == BlockDevice.Kind.disk
                            && each.id() == spec.disk().value())
                    .findFirst()
                    .ifPresent(each -> all.add(new BlockDevice(
                            free(all, 0).orElseThrow(), each.kind(), each.id(), each.pool(), each.sizeMib())));
        }
        return sorted(all);
    }

    /** A slot for a volume: the first is left to the root disk while another is free. */
    static Optional<String> forVolume(List<BlockDevice> taken) {
        return free(taken, 1).or(() -> free(taken, 0));
    }

    private static Optional<String> free(List<BlockDevice> taken, int from) {
        return ALL.stream()
                .skip(from)
                .filter(slot -> taken.stream().noneMatch(each -> each.slot().equals(slot)))
                .findFirst();
    }

    static List<BlockDevice> sorted(List<BlockDevice> all) {
        return all.stream().sorted(Comparator.comparing(BlockDevice::slot)).toList();
    }
}
