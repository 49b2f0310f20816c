package lpm.scheduler.linode;

import java.util.List;
import lpm.contracts.Envelope;
import lpm.contracts.scheduler.LinodeEvent;
import lpm.contracts.storage.DiskEvent;
import lpm.platform.KnownView;
import lpm.platform.Query;
import lpm.platform.Rows;

/**
 * Has the table of {@link Secrets} made, and forgets a secret when its disk is whole, its Linode gives the disk up, or
 * goes itself. Not earlier: a host that has it may be lost before it has made the disk, and then another one needs it,
 * also when storage gave up meanwhile.
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
            case LinodeEvent.LinodeDisksFailed e -> forget("linode", e.linode().value(), rows);
            case LinodeEvent.LinodeDiskRefused e -> forget("disk", e.disk().value(), rows);
            case LinodeEvent.LinodeDeleted e -> forget("linode", e.linode().value(), rows);
            default -> {
                // nothing ends by the others
            }
        }
    }

    private static void forget(String whose, long number, Rows rows) {
        rows.find(Secrets.TABLE, Query.where(whose, number), Secrets.Row.class)
                .forEach(each -> rows.delete(Secrets.TABLE, each.ref()));
    }
}
