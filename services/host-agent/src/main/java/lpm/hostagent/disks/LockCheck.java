package lpm.hostagent.disks;

import java.util.List;
import lpm.contracts.BlockDevice;
import lpm.contracts.LinodeId;

/** A store that can say beforehand whether it would give its locks. */
public interface LockCheck {
    /** Refuses as {@link DiskStore#takeLocks} would now; takes nothing. */
    void checkLocks(LinodeId linode, long ownerEpoch, List<BlockDevice> devices);
}
