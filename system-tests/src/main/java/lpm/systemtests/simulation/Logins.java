package lpm.systemtests.simulation;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lpm.contracts.DiskId;
import lpm.contracts.LinodeId;
import lpm.contracts.host.RootAccess;
import lpm.platform.Rows;
import lpm.scheduler.linode.Secrets;

/** What customers ordered to get into their disks with: it must be in those disks, and be told nowhere on its way. */
public final class Logins {
    private static final String MARK = "canary-";

    private final Map<DiskId, RootAccess> ordered = new TreeMap<>(Comparator.comparing(DiskId::value));

    /** Under which reference a disk's login is ordered. */
    public static String ref(DiskId disk) {
        return "secret-" + disk;
    }

    /** Keeps a disk's login in scheduler's rows; part of the transaction that accepts the order. */
    public void keep(LinodeId linode, DiskId disk, Rows rows) {
        RootAccess access = new RootAccess("$6$salt$" + MARK + disk, List.of("ssh-ed25519 " + MARK + disk + " me"));
        rows.put(Secrets.TABLE, ref(disk), new Secrets.Row(ref(disk), linode.value(), disk.value(), access));
        ordered.put(disk, access);
    }

    /** By disk. */
    public Map<DiskId, RootAccess> ordered() {
        return Collections.unmodifiableMap(ordered);
    }

    /** Whether a text tells something of any of them. */
    public static boolean areIn(String text) {
        return text.contains(MARK);
    }
}
