package lpm.hostagent.disks.files;

import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import lpm.contracts.HostId;
import lpm.contracts.host.Telemetry.PoolState;
import lpm.hostagent.disks.DeviceMap;
import lpm.hostagent.disks.DiskStore;
import lpm.hostagent.disks.PoolDevices;
import lpm.hostagent.disks.PoolHealth;
import lpm.hostagent.disks.PoolHealth.Sight;
import lpm.hostagent.disks.PoolLocks;
import lpm.hostagent.disks.RawImages;
import lpm.hostagent.hypervisor.PortUnreachable;
import lpm.hostagent.lease.Exclusion;
import lpm.hostagent.lease.LeaseRecord;
import lpm.hostagent.lease.RecordLease;

/** A folder as a pool: {@code dir} on this machine, {@code netfs} mounted from a server. */
public final class FolderPool {
    private static final int MIB_SHIFT = 20;

    private final String type;
    private final Path folder;
    private final FileRecords records;
    private final PoolDevices devices;
    private final FileDisks disks;
    private final RecordLease lease;

    /**
     * Throws {@link IllegalArgumentException} where there is no such folder.
     *
     * @param type dir or netfs
     * @param devices its files as block devices of this host's dom0
     */
    public FolderPool(
            String type, HostId self, Path folder, PoolDevices devices, RawImages sources, ExecutorService executor) {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("a pool needs a folder, found none at " + folder
                    + "; make it, or mount it, before the agent starts");
        }
        this.type = type;
        this.folder = folder;
        this.records = new FileRecords(folder, executor);
        this.devices = devices;
        this.disks = new FileDisks(self, folder, records, new PoolLocks(records, self), devices, sources, executor);
        this.lease = new RecordLease(records, new WatchdogOnly(devices.devices()), "", System::nanoTime);
    }

    public DiskStore disks() {
        return disks;
    }

    public RecordLease lease() {
        return lease;
    }

    /** Another host may have made files larger: this host's guests see it once this was called. */
    public void tend() {
        devices.grow();
    }

    /** One copy is all that is known of; a server may keep more. */
    public PoolHealth health() {
        return () -> {
            try {
                return records.within(() -> {
                    FileStore store = Files.getFileStore(folder);
                    long all = store.getTotalSpace();
                    long used = all - store.getUsableSpace();
                    return new Sight(type, PoolState.ok, 1, all >> MIB_SHIFT, used >> MIB_SHIFT, "");
                });
            } catch (PortUnreachable unwell) {
                return Sight.unavailable(type, String.valueOf(unwell.getMessage()));
            }
        };
    }

    /**
     * A folder cannot keep a host out. A revoked host stops its domains by its watchdog within the time a fence waits
     * anyway; where that is not enough, an operator must cut its power or its mount (decision 0014).
     */
    private record WatchdogOnly(DeviceMap devices) implements Exclusion {
        @Override
        public void shutOut(LeaseRecord revoked) {
            // the lease says it
        }

        @Override
        public void letIn(LeaseRecord older) {
            // Nothing that an older registration left open may write under a newer one.
            devices.unmapAll();
        }

        @Override
        public Optional<LeaseRecord> noted(HostId host) {
            return Optional.empty();
        }
    }
}
