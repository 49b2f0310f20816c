package lpm.storage.disk;

import java.util.List;
import lpm.contracts.BlockDevice;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.PoolId;
import lpm.contracts.storage.DiskEvent;
import lpm.contracts.storage.DiskEvent.DiskResizeRequested;
import lpm.contracts.storage.DiskEvent.DisksDeletionRequested;
import lpm.contracts.storage.DiskEvent.DisksRequested;
import lpm.storage.disk.DiskState.Disk;
import lpm.storage.disk.DiskState.Phase;

/**
 * What is still to be done, asked of a host once more. Hosts ensure: doing a thing again gives the same facts again.
 */
final class Repeats {
    private Repeats() {}

    static List<DiskEvent> provision(LinodeId linode, HostRef at, DiskState state) {
        List<Disk> missing = state.in(Phase.making);
        List<PoolId> pools = missing.stream().map(Disk::pool).distinct().toList();
        return pools.stream()
                .<DiskEvent>map(pool -> new DisksRequested(
                        linode,
                        state.account().orElseThrow(),
                        at,
                        pool,
                        missing.stream()
                                .filter(disk -> disk.pool().equals(pool))
                                .map(Disk::spec)
                                .toList()))
                .toList();
    }

    static List<DiskEvent> resize(LinodeId linode, HostRef at, DiskState state) {
        return state.in(Phase.resizing).stream()
                .<DiskEvent>map(disk ->
                        new DiskResizeRequested(linode, at, disk.id(), disk.pool(), disk.sizeMib(), disk.newSizeMib()))
                .toList();
    }

    static List<DiskEvent> delete(LinodeId linode, HostRef at, DiskState state) {
        List<BlockDevice> left =
                state.in(Phase.deleting).stream().map(disk -> disk.device("")).toList();
        return left.isEmpty() ? List.of() : List.of(new DisksDeletionRequested(linode, at, left));
    }
}
