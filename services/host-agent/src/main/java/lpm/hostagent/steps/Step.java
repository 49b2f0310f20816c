package lpm.hostagent.steps;

import java.util.List;
import java.util.Optional;
import lpm.contracts.BlockDevice;
import lpm.contracts.BootSpec;
import lpm.contracts.DiskSpec;
import lpm.contracts.HostId;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;
import lpm.contracts.PoolId;
import lpm.contracts.host.HostReport;
import lpm.hostagent.hypervisor.PreCopy;

/** One thing to do on the host. Each is an "ensure": doing it again is harmless. */
public sealed interface Step {
    // --- bytes and locks ----------------------------------------------------------------------------------------

    record CreateDisk(PoolId pool, LinodeId linode, DiskSpec disk) implements Step {}

    record CreateVolume(BlockDevice device, Optional<BlockDevice> cloneOf) implements Step {}

    record Resize(BlockDevice device, long newSizeMib) implements Step {}

    record Delete(BlockDevice device) implements Step {}

    record Connect(List<BlockDevice> devices) implements Step {
        public Connect {
            devices = List.copyOf(devices);
        }
    }

    /** The same for a copy that is awaited, once it is written down what is connected for it. */
    record ConnectCopy(MigrationId migration, LinodeId linode, List<BlockDevice> devices) implements Step {
        public ConnectCopy {
            devices = List.copyOf(devices);
        }
    }

    record Disconnect(List<BlockDevice> devices) implements Step {
        public Disconnect {
            devices = List.copyOf(devices);
        }
    }

    record TakeLocks(LinodeId linode, long ownerEpoch, List<BlockDevice> devices) implements Step {
        public TakeLocks {
            devices = List.copyOf(devices);
        }
    }

    record ReleaseLocks(LinodeId linode, long ownerEpoch, List<BlockDevice> devices) implements Step {
        public ReleaseLocks {
            devices = List.copyOf(devices);
        }
    }

    record ReleaseAllLocks(LinodeId linode, long ownerEpoch) implements Step {}

    record Revoke(PoolId pool, HostRef host, long minUnrenewedMillis) implements Step {}

    // --- a domain's life ----------------------------------------------------------------------------------------

    record Start(LinodeId linode, long ownerEpoch, String startedBy, BootSpec spec) implements Step {}

    record Shutdown(LinodeId linode, long graceMillis) implements Step {}

    record Destroy(LinodeId linode) implements Step {}

    record Attach(LinodeId linode, BlockDevice device) implements Step {}

    record Detach(LinodeId linode, BlockDevice device) implements Step {}

    record KeepSecret(String secretRef, String sealed) implements Step {}

    // --- live migration -----------------------------------------------------------------------------------------

    record AwaitIncoming(MigrationId migration, LinodeId linode, long nextEpoch, BootSpec spec) implements Step {}

    record CancelIncoming(MigrationId migration, LinodeId linode) implements Step {}

    /** Refuses when the predicted pause is longer than allowed; else the call is made next. */
    record Send(
            MigrationId migration,
            LinodeId linode,
            long ownerEpoch,
            long nextEpoch,
            HostId target,
            String targetUri,
            long maxPauseMillis)
            implements Step {}

    /** Makes the call, once it is written down that it is made. */
    record CallSend(Send send, PreCopy predicted) implements Step {}

    record CancelSend(MigrationId migration, LinodeId linode) implements Step {}

    record Resume(MigrationId migration, LinodeId linode, long ownerEpoch) implements Step {}

    record Wake(MigrationId migration, LinodeId linode) implements Step {}

    // --- answers ------------------------------------------------------------------------------------------------

    /** Says a fact that the steps before have made true. */
    record Tell(HostReport fact) implements Step {}

    /** Says what is seen of a Linode now. */
    record Describe(LinodeId linode, Optional<MigrationId> migration) implements Step {}

    /** Says what is seen of every Linode now. */
    record Inventory() implements Step {}
}
