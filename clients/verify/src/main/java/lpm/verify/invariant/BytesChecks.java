package lpm.verify.invariant;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lpm.contracts.BlockDevice;
import lpm.contracts.DiskId;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;
import lpm.contracts.VolumeId;
import lpm.contracts.scheduler.LinodeEvent.LinodeDeviceAttachRequested;
import lpm.contracts.scheduler.LinodeEvent.LinodeDeviceAttached;
import lpm.contracts.scheduler.LinodeEvent.LinodeDeviceDetached;
import lpm.contracts.scheduler.LinodeEvent.LinodeDeviceRefused;
import lpm.contracts.scheduler.LinodeEvent.LinodeTornDown;
import lpm.contracts.storage.DiskEvent;
import lpm.contracts.storage.DiskEvent.DiskProvisioned;
import lpm.contracts.storage.DiskEvent.DiskScrubbed;
import lpm.contracts.storage.DiskEvent.DisksDeleted;
import lpm.contracts.storage.DiskEvent.DisksRequested;
import lpm.contracts.storage.VolumeEvent;
import lpm.contracts.storage.VolumeEvent.VolumeAttachFailed;
import lpm.contracts.storage.VolumeEvent.VolumeAttachRequested;
import lpm.contracts.storage.VolumeEvent.VolumeAttached;
import lpm.contracts.storage.VolumeEvent.VolumeCreateFailed;
import lpm.contracts.storage.VolumeEvent.VolumeDeleted;
import lpm.contracts.storage.VolumeEvent.VolumeDeletionRequested;
import lpm.contracts.storage.VolumeEvent.VolumeDetachFailed;
import lpm.contracts.storage.VolumeEvent.VolumeDetachRequested;
import lpm.contracts.storage.VolumeEvent.VolumeDetached;
import lpm.contracts.storage.VolumeEvent.VolumeHeld;
import lpm.contracts.storage.VolumeEvent.VolumeReleased;
import lpm.contracts.storage.VolumeEvent.VolumeResizeRequested;
import lpm.verify.history.Entry;
import lpm.verify.history.History;
import org.jspecify.annotations.Nullable;

/** Who reaches which bytes, and what becomes of them. */
final class BytesChecks {
    private BytesChecks() {}

    /** I2, as far as logs tell: at no moment is a volume at two Linodes. */
    static void exclusive(History history, Findings findings) {
        Map<Long, LinodeId> at = new HashMap<>();
        for (Entry each : history.stored("scheduler")) {
            switch (each.data()) {
                case LinodeDeviceAttachRequested e -> attach(findings, each, at, e.device(), e.linode());
                case LinodeDeviceAttached e -> attach(findings, each, at, e.device(), e.linode());
                case LinodeDeviceRefused e -> {
                    if (e.attach()) {
                        at.remove(e.volume().value(), e.linode());
                    }
                }
                case LinodeDeviceDetached e -> at.remove(e.volume().value(), e.linode());
                case LinodeTornDown e -> e.volumes().forEach(volume -> at.remove(volume.value(), e.linode()));
                default -> {
                    // moves no volume
                }
            }
        }
    }

    private static void attach(
            Findings findings, Entry entry, Map<Long, LinodeId> at, BlockDevice device, LinodeId linode) {
        if (device.kind() == BlockDevice.Kind.volume) {
            LinodeId before = at.put(device.id(), linode);
            findings.expect(
                    before == null || before.equals(linode),
                    entry,
                    "volume " + device.id() + " is at Linode " + before + " already");
        }
    }

    /** A volume is attached when it is free, taken off where it is, and let alone while a move holds it. */
    static void volumes(History history, Findings findings) {
        for (List<Entry> stream : history.streams("storage").values()) {
            if (stream.getFirst().data() instanceof VolumeEvent) {
                new Volume(findings).see(stream);
            }
        }
    }

    /** One volume. */
    private static final class Volume {
        private final Findings findings;
        private final Set<MigrationId> holds = new HashSet<>();
        private @Nullable LinodeId at;
        private @Nullable Entry gone;

        private Volume(Findings findings) {
            this.findings = findings;
        }

        private void see(List<Entry> stream) {
            for (Entry each : stream) {
                boolean late = each.data() instanceof VolumeReleased;
                findings.expect(gone == null || late, each, "it was gone before: " + gone);
                see(each);
            }
        }

        private void see(Entry entry) {
            switch (entry.data()) {
                case VolumeAttachRequested e -> {
                    findings.expect(at == null, entry, "it is at Linode " + at);
                    at = e.linode();
                }
                case VolumeAttached e -> isAt(entry, e.linode());
                case VolumeAttachFailed e -> leaves(entry, e.linode());
                case VolumeDetachRequested e -> isAt(entry, e.linode());
                case VolumeDetachFailed e -> isAt(entry, e.linode());
                case VolumeDetached e -> leaves(entry, e.linode());
                case VolumeHeld e -> holds.add(e.migration());
                case VolumeReleased e -> holds.remove(e.migration());
                case VolumeResizeRequested _ -> findings.expect(holds.isEmpty(), entry, "moves hold it: " + holds);
                case VolumeDeletionRequested _ -> {
                    findings.expect(at == null, entry, "it is at Linode " + at);
                    findings.expect(holds.isEmpty(), entry, "moves hold it: " + holds);
                }
                case VolumeDeleted _, VolumeCreateFailed _ -> gone = entry;
                default -> {
                    // it stays where it is
                }
            }
        }

        private void isAt(Entry entry, LinodeId linode) {
            findings.expect(linode.equals(at), entry, "it is at Linode " + at);
        }

        private void leaves(Entry entry, LinodeId linode) {
            isAt(entry, linode);
            at = null;
        }
    }

    /** I24: a disk's number is used once, and its bytes are scrubbed before it counts as deleted. */
    static void scrubbed(History history, Findings findings) {
        Map<DiskId, LinodeId> owners = new HashMap<>();
        Set<DiskId> made = new HashSet<>();
        for (Entry each : history.stored("storage")) {
            if (!(each.data() instanceof DiskEvent)) {
                continue;
            }
            switch (each.data()) {
                case DisksRequested e ->
                    e.disks().forEach(spec -> {
                        LinodeId before = owners.putIfAbsent(spec.disk(), e.linode());
                        findings.expect(
                                before == null || before.equals(e.linode()),
                                each,
                                "disk " + spec.disk() + " is Linode " + before + "'s");
                    });
                case DiskProvisioned e -> made.add(e.disk());
                case DiskScrubbed e -> made.remove(e.disk());
                case DisksDeleted e ->
                    e.disks()
                            .forEach(disk ->
                                    findings.expect(!made.contains(disk), each, "disk " + disk + " was not scrubbed"));
                default -> {
                    // makes and scrubs nothing
                }
            }
        }
    }

    /** The disks of a Linode that were made and not scrubbed. */
    static Map<LinodeId, Set<DiskId>> left(History history) {
        Map<LinodeId, Set<DiskId>> left = new HashMap<>();
        for (Entry each : history.stored("storage")) {
            switch (each.data()) {
                case DiskProvisioned e ->
                    left.computeIfAbsent(e.linode(), _ -> new HashSet<>()).add(e.disk());
                case DiskScrubbed e ->
                    left.computeIfAbsent(e.linode(), _ -> new HashSet<>()).remove(e.disk());
                default -> {
                    // makes and scrubs nothing
                }
            }
        }
        return left;
    }

    /** The Linode each volume is at, as storage sees it. */
    static Map<VolumeId, LinodeId> attached(History history) {
        Map<VolumeId, LinodeId> at = new HashMap<>();
        for (Entry each : history.stored("storage")) {
            switch (each.data()) {
                case VolumeAttachRequested e -> at.put(e.volume(), e.linode());
                case VolumeAttachFailed e -> at.remove(e.volume());
                case VolumeDetached e -> at.remove(e.volume());
                default -> {
                    // moves nothing
                }
            }
        }
        return at;
    }
}
