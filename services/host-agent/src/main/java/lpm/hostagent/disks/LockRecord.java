package lpm.hostagent.disks;

import java.util.Optional;
import lpm.contracts.HostId;
import lpm.contracts.LinodeId;
import lpm.hostagent.hypervisor.PortRefusal;

/**
 * Who may write an image.
 *
 * @param host where it was taken; told, never decided on
 */
record LockRecord(LinodeId linode, long ownerEpoch, HostId host) {
    private static final String NAME = "lock.";

    static String nameOf(String image) {
        return NAME + image;
    }

    /** Whether this may replace what is held: the same Linode's owner of the same or an older epoch. */
    void mustReplace(Optional<LockRecord> held, String image) {
        held.filter(it -> !it.linode.equals(linode) || it.ownerEpoch > ownerEpoch)
                .ifPresent(it -> {
                    throw new PortRefusal("the lock of " + image + " is held by linode " + it.linode
                            + " at owner epoch " + it.ownerEpoch + " on " + it.host + ", asked for linode " + linode
                            + " at " + ownerEpoch);
                });
    }

    boolean isReleasedBy(LinodeId who, long epoch) {
        return linode.equals(who) && ownerEpoch <= epoch;
    }
}
