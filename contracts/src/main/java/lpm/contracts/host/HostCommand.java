package lpm.contracts.host;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Optional;
import lpm.contracts.BlockDevice;
import lpm.contracts.BootSpec;
import lpm.contracts.Command;
import lpm.contracts.DiskSpec;
import lpm.contracts.HostId;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;
import lpm.contracts.PoolId;

/**
 * Orders to one host's agent, on {@code lpm.host.commands.<host>}. Every one names the registration it is meant for;
 * those that touch a running Linode also name its owner epoch. Steps are "ensure" steps: doing one again gives the same
 * facts again.
 */
public sealed interface HostCommand extends Command {
    /** The host in the registration this order is meant for. */
    HostRef at();

    /** Whose turn it is on the host: orders for one subject run one after another. */
    @Override
    @JsonIgnore
    String aggregateId();

    // --- registration -------------------------------------------------------------------------------------------

    /**
     * scheduler: this incarnation is known from now on under {@code at.hostEpoch}; answer with a complete inventory.
     */
    record AdoptEpoch(HostRef at, String incarnation) implements HostCommand {
        @Override
        public String aggregateId() {
            return at.host().aggregateId();
        }
    }

    /** Anyone: tell everything you see, as an InventoryReported. */
    record ReportInventory(HostRef at) implements HostCommand {
        @Override
        public String aggregateId() {
            return at.host().aggregateId();
        }
    }

    // --- a Linode's life (scheduler) ----------------------------------------------------------------------------

    /** scheduler: run the Linode. Removes a left-over paused copy first. */
    record BootLinode(HostRef at, LinodeId linode, long ownerEpoch, BootSpec spec) implements HostCommand {
        @Override
        public String aggregateId() {
            return linode.aggregateId();
        }
    }

    /** scheduler: shut down from inside, and pull the plug after the grace. */
    record ShutdownLinode(HostRef at, LinodeId linode, long ownerEpoch, int graceSeconds) implements HostCommand {
        @Override
        public String aggregateId() {
            return linode.aggregateId();
        }
    }

    /** scheduler: shut down and start again with this spec. */
    record RebootLinode(HostRef at, LinodeId linode, long ownerEpoch, BootSpec spec, int graceSeconds)
            implements HostCommand {
        @Override
        public String aggregateId() {
            return linode.aggregateId();
        }
    }

    /** scheduler: destroy at once and forget the definition; answered by LinodeDestroyed even if nothing was there. */
    record DestroyLinode(HostRef at, LinodeId linode, long ownerEpoch) implements HostCommand {
        @Override
        public String aggregateId() {
            return linode.aggregateId();
        }
    }

    /** scheduler: plug a device into a running Linode. */
    record AttachDevice(HostRef at, LinodeId linode, long ownerEpoch, BlockDevice device) implements HostCommand {
        @Override
        public String aggregateId() {
            return linode.aggregateId();
        }
    }

    /** scheduler: unplug a device from a running Linode. */
    record DetachDevice(HostRef at, LinodeId linode, long ownerEpoch, BlockDevice device) implements HostCommand {
        @Override
        public String aggregateId() {
            return linode.aggregateId();
        }
    }

    /**
     * scheduler: keep this secret, sealed to the host's key, for the disk whose order names it. Audit never stores
     * {@code sealed}.
     */
    record DeliverSecret(HostRef at, LinodeId linode, String secretRef, String sealed) implements HostCommand {
        @Override
        public String aggregateId() {
            return linode.aggregateId();
        }
    }

    // --- bytes (storage) ----------------------------------------------------------------------------------------

    /** storage: make the disk's bytes in the pool, write image and file system. Answer: DiskCreated or DiskFailed. */
    record CreateDisk(HostRef at, PoolId pool, LinodeId linode, DiskSpec disk) implements HostCommand {
        @Override
        public String aggregateId() {
            return disk.disk().aggregateId();
        }
    }

    /** storage: grow or shrink the bytes of a disk or volume (online when a Linode uses it). Answer: BytesResized. */
    record ResizeBytes(HostRef at, BlockDevice device, long newSizeMib) implements HostCommand {
        @Override
        public String aggregateId() {
            return device.kind() + ":" + device.id();
        }
    }

    /** storage: scrub and remove the bytes of a disk or volume. Answer: BytesDeleted, also when nothing was there. */
    record DeleteBytes(HostRef at, BlockDevice device) implements HostCommand {
        @Override
        public String aggregateId() {
            return device.kind() + ":" + device.id();
        }
    }

    /** storage: make an empty volume's bytes. Answer: VolumeBytesCreated or DiskFailed. */
    record CreateVolumeBytes(HostRef at, BlockDevice device, Optional<BlockDevice> cloneOf) implements HostCommand {
        @Override
        public String aggregateId() {
            return device.kind() + ":" + device.id();
        }
    }

    /** storage, to any live host: take the write locks of these devices away from older owner epochs. */
    record TakeLocks(HostRef at, LinodeId linode, long ownerEpoch, List<BlockDevice> devices) implements HostCommand {
        public TakeLocks {
            devices = List.copyOf(devices);
        }

        @Override
        public String aggregateId() {
            return linode.aggregateId();
        }
    }

    /**
     * storage, to a live host beside the silent one: if its lease has not been renewed for that long, revoke it and
     * shut the host out at the pool. Answer: LeaseRevoked or LeaseFresh.
     */
    record RevokeLease(HostRef at, PoolId pool, HostRef revoked, long minUnrenewedMillis) implements HostCommand {
        @Override
        public String aggregateId() {
            return "lease:" + revoked.host();
        }
    }

    // --- live migration (migration, and storage for the disks) --------------------------------------------------

    /** storage, to the target: connect the devices, without write lock. Answer: DevicesConnected or DevicesRefused. */
    record ConnectDevices(HostRef at, MigrationId migration, LinodeId linode, List<BlockDevice> devices)
            implements HostCommand {
        public ConnectDevices {
            devices = List.copyOf(devices);
        }

        @Override
        public String aggregateId() {
            return linode.aggregateId();
        }
    }

    /** migration, to the target: clean up left-overs, keep memory free, be ready. Answer: IncomingReady or -Refused. */
    record PrepareIncoming(HostRef at, MigrationId migration, LinodeId linode, long nextEpoch, BootSpec spec)
            implements HostCommand {
        @Override
        public String aggregateId() {
            return linode.aggregateId();
        }
    }

    /**
     * migration, to the source: send the running Linode (peer-to-peer, live, paused at the target). Carries the
     * source's own owner epoch; {@code nextEpoch} is data only.
     */
    record SendLinode(
            HostRef at,
            MigrationId migration,
            LinodeId linode,
            long ownerEpoch,
            long nextEpoch,
            HostId target,
            String targetUri,
            long maxPauseMillis)
            implements HostCommand {
        @Override
        public String aggregateId() {
            return linode.aggregateId();
        }
    }

    /**
     * migration, to the target, only after HandoverCommitted: take the disk locks at this epoch, then un-pause. A
     * copy that is not whole and that nobody sends any more is destroyed instead. Answer: LinodeResumed, or
     * LinodeDescribed with this migration.
     */
    record ResumeLinode(HostRef at, MigrationId migration, LinodeId linode, long ownerEpoch) implements HostCommand {
        @Override
        public String aggregateId() {
            return linode.aggregateId();
        }
    }

    /** migration, to the target: destroy the paused or incoming copy of this migration. Answer: IncomingCancelled. */
    record CancelIncoming(HostRef at, MigrationId migration, LinodeId linode, long nextEpoch) implements HostCommand {
        @Override
        public String aggregateId() {
            return linode.aggregateId();
        }
    }

    /** migration, to the source, while the copy runs: stop sending. Answer: SendFailed with what is seen then. */
    record CancelSend(HostRef at, MigrationId migration, LinodeId linode, long ownerEpoch) implements HostCommand {
        @Override
        public String aggregateId() {
            return linode.aggregateId();
        }
    }

    /** migration, to the source after an abort that left it suspended: make it run again. Answer: LinodeDescribed. */
    record EnsureRunning(HostRef at, MigrationId migration, LinodeId linode, long ownerEpoch) implements HostCommand {
        @Override
        public String aggregateId() {
            return linode.aggregateId();
        }
    }

    /**
     * The question behind a timeout: what do you see of this Linode, after all earlier orders about it? Answer:
     * LinodeDescribed with the same {@code migration}, which is never named in a description nobody asked for. A
     * migrate call the agent waits for counts as a running job.
     */
    record DescribeLinode(HostRef at, LinodeId linode, Optional<MigrationId> migration) implements HostCommand {
        @Override
        public String aggregateId() {
            return linode.aggregateId();
        }
    }
}
