package lpm.scheduler.linode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import lpm.contracts.AccountId;
import lpm.contracts.BlockDevice;
import lpm.contracts.BootSpec;
import lpm.contracts.DiskId;
import lpm.contracts.DiskSpec;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;
import lpm.contracts.Nic;
import lpm.contracts.Region;
import lpm.contracts.VolumeId;
import lpm.contracts.scheduler.ConfigProfile;
import lpm.contracts.scheduler.LinodeDetails;
import lpm.contracts.scheduler.LinodeEvent.LinodeCreated;
import lpm.contracts.scheduler.LinodeSizing;

/**
 * What is true of a Linode in every phase.
 *
 * @param disks its own disks as ordered
 * @param devices the disks and volumes at it, by slot
 * @param queue volumes that wait for the running job
 * @param startWanted whether it boots once its first disks are there
 * @param generation version of the boot spec last used
 * @param highestEpoch the highest owner epoch ever issued
 * @param events how many events it has: the next one's sequence
 */
public record LinodeBody(
        LinodeId id,
        AccountId account,
        Region region,
        LinodeDetails details,
        LinodeSizing sizing,
        Optional<String> image,
        Optional<ConfigProfile> config,
        List<DiskSpec> disks,
        List<BlockDevice> devices,
        List<QueuedDevice> queue,
        boolean startWanted,
        long generation,
        long highestEpoch,
        Optional<MigrationId> lastMove,
        long events,
        Nic nic) {
    public LinodeBody {
        disks = List.copyOf(disks);
        devices = List.copyOf(devices);
        queue = List.copyOf(queue);
    }

    /** A volume that waits to be attached or detached. */
    public record QueuedDevice(BlockDevice device, boolean attach) {}

    static LinodeBody of(LinodeCreated e, long events) {
        List<String> addresses = new ArrayList<>(e.ipv4());
        addresses.add(e.ipv6());
        return new LinodeBody(
                e.linode(),
                e.account(),
                e.region(),
                e.details(),
                e.sizing(),
                e.image(),
                e.config(),
                e.disks(),
                List.of(),
                List.of(),
                e.booted(),
                0,
                0,
                Optional.empty(),
                events,
                new Nic(e.mac(), addresses));
    }

    /** What a host needs to start it now. */
    BootSpec bootSpec(long version) {
        ConfigProfile profile = config.orElseThrow(() -> new IllegalStateException("linode " + id + " has no config"));
        return new BootSpec(
                version,
                details.label(),
                sizing.resources(),
                profile.kernel(),
                profile.rootDevice(),
                devices,
                List.of(nic));
    }

    boolean bootable() {
        return config.isPresent() && devices.stream().anyMatch(each -> each.kind() == BlockDevice.Kind.disk);
    }

    List<String> ipv4() {
        return nic.addresses().subList(0, nic.addresses().size() - 1);
    }

    String ipv6() {
        return nic.addresses().getLast();
    }

    Optional<BlockDevice> volume(VolumeId volume) {
        return device(BlockDevice.Kind.volume, volume.value());
    }

    Optional<BlockDevice> disk(DiskId disk) {
        return device(BlockDevice.Kind.disk, disk.value());
    }

    private Optional<BlockDevice> device(BlockDevice.Kind kind, long number) {
        return devices.stream()
                .filter(each -> each.kind() == kind && each.id() == number)
                .findFirst();
    }

    List<BlockDevice> volumes() {
        return devices.stream()
                .filter(each -> each.kind() == BlockDevice.Kind.volume)
                .toList();
    }

    List<BlockDevice> ownDisks() {
        return devices.stream()
                .filter(each -> each.kind() == BlockDevice.Kind.disk)
                .toList();
    }

    LinodeBody withDetails(LinodeDetails other) {
        return copy(other, sizing, disks, devices, queue);
    }

    LinodeBody withSizing(LinodeSizing other) {
        return copy(details, other, disks, devices, queue);
    }

    LinodeBody withDisks(List<DiskSpec> specs, List<BlockDevice> all) {
        return copy(details, sizing, specs, LinodeSlots.sorted(all), queue);
    }

    /** With this device instead of any other of the same kind and number. */
    LinodeBody withDevice(BlockDevice device) {
        List<BlockDevice> all =
                Stream.concat(without(device).stream(), Stream.of(device)).toList();
        return copy(details, sizing, disks, LinodeSlots.sorted(all), queue);
    }

    LinodeBody withoutDevice(BlockDevice.Kind kind, long number) {
        Predicate<BlockDevice> same = each -> each.kind() == kind && each.id() == number;
        return copy(
                details,
                sizing,
                kind == BlockDevice.Kind.volume
                        ? disks
                        : disks.stream()
                                .filter(each -> each.disk().value() != number)
                                .toList(),
                devices.stream().filter(same.negate()).toList(),
                queue);
    }

    LinodeBody withQueued(QueuedDevice waiting) {
        return copy(
                details,
                sizing,
                disks,
                devices,
                Stream.concat(queue.stream(), Stream.of(waiting)).toList());
    }

    /** Without any entry for this volume. */
    LinodeBody unqueued(long volume) {
        return copy(
                details,
                sizing,
                disks,
                devices,
                queue.stream().filter(each -> each.device().id() != volume).toList());
    }

    private List<BlockDevice> without(BlockDevice device) {
        return devices.stream()
                .filter(each -> each.kind() != device.kind() || each.id() != device.id())
                .toList();
    }

    LinodeBody withProfile(String newImage, ConfigProfile newConfig) {
        return new LinodeBody(
                id,
                account,
                region,
                details,
                sizing,
                Optional.of(newImage),
                Optional.of(newConfig),
                disks,
                devices,
                queue,
                startWanted,
                generation,
                highestEpoch,
                lastMove,
                events,
                nic);
    }

    LinodeBody withNic(Nic other) {
        return new LinodeBody(
                id,
                account,
                region,
                details,
                sizing,
                image,
                config,
                disks,
                devices,
                queue,
                startWanted,
                generation,
                highestEpoch,
                lastMove,
                events,
                other);
    }

    LinodeBody withGeneration(long version) {
        return numbered(startWanted, version, highestEpoch, lastMove, events);
    }

    LinodeBody withEpoch(long issued) {
        return numbered(startWanted, generation, Math.max(issued, highestEpoch), lastMove, events);
    }

    LinodeBody withMove(MigrationId migration, long issued) {
        return numbered(startWanted, generation, Math.max(issued, highestEpoch), Optional.of(migration), events);
    }

    LinodeBody withStart(boolean wanted) {
        return numbered(wanted, generation, highestEpoch, lastMove, events);
    }

    LinodeBody counted() {
        return numbered(startWanted, generation, highestEpoch, lastMove, events + 1);
    }

    private LinodeBody numbered(boolean start, long version, long epoch, Optional<MigrationId> move, long count) {
        return new LinodeBody(
                id, account, region, details, sizing, image, config, disks, devices, queue, start, version, epoch, move,
                count, nic);
    }

    private LinodeBody copy(
            LinodeDetails newDetails,
            LinodeSizing newSizing,
            List<DiskSpec> newDisks,
            List<BlockDevice> newDevices,
            List<QueuedDevice> newQueue) {
        return new LinodeBody(
                id,
                account,
                region,
                newDetails,
                newSizing,
                image,
                config,
                newDisks,
                newDevices,
                newQueue,
                startWanted,
                generation,
                highestEpoch,
                lastMove,
                events,
                nic);
    }
}
