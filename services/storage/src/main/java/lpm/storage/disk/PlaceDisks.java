package lpm.storage.disk;

import java.util.List;
import lpm.contracts.AccountId;
import lpm.contracts.Command;
import lpm.contracts.DiskSpec;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.Region;

/** A question for {@link PlaceDisksPlanner}: in which pool are these disks made? */
public record PlaceDisks(LinodeId linode, AccountId account, Region region, HostRef at, List<DiskSpec> disks)
        implements Command {
    public PlaceDisks {
        disks = List.copyOf(disks);
    }

    @Override
    public String aggregateId() {
        return "disks:" + linode;
    }
}
