package lpm.scheduler.linode;

import java.util.List;
import lpm.contracts.DiskId;
import lpm.contracts.Envelope;
import lpm.contracts.scheduler.LinodeEvent;
import lpm.contracts.storage.DiskEvent;
import lpm.platform.KnownView;
import lpm.platform.Query;
import lpm.platform.Rows;

/**
 * Has the table of {@link Secrets} made, and forgets a secret when its disk is whole, will not be made, or goes with
 * its Linode. Not earlier: a host that has it may be lost before it has made the disk, and then another one needs it.
 * No message writes it: what is in it never is in a message.
 */
public final class SecretTables implements KnownView {
    @Override
    public List<String> tables() {
        return List.of(Secrets.TABLE);
    }

    @Override
    public void note(Envelope<?> foreign, Rows rows) {
        switch (foreign.data()) {
            case DiskEvent.DiskProvisioned e -> forget("disk", e.disk().value(), rows);
            case DiskEvent.DisksRefused e -> forget(e.disks(), rows);
            case DiskEvent.DisksDeleted e -> forget(e.disks(), rows);
            case LinodeEvent.LinodeDeleted e -> forget("linode", e.linode().value(), rows);
            default -> {
                // nothing ends by the others
            }
        }
    }

    private static void forget(List<DiskId> disks, Rows rows) {
        disks.forEach(each -> forget("disk", each.value(), rows));
    }

    private static void forget(String whose, long number, Rows rows) {
        rows.find(Secrets.TABLE, Query.where(whose, number), Secrets.Row.class)
                .forEach(each -> rows.delete(Secrets.TABLE, each.ref()));
    }
}
