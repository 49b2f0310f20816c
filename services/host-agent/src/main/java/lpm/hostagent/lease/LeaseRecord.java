package lpm.hostagent.lease;

import lpm.contracts.HostId;
import lpm.contracts.HostRef;
import lpm.platform.json.Json;

/**
 * A host's right to run anything, as a pool keeps it.
 *
 * @param counter grows with each renewal: unchanged means unrenewed, whatever clocks say
 * @param revoked for ever, for this registration
 * @param address where the host's block devices reach the pool from; empty where unknown
 */
public record LeaseRecord(HostId host, long hostEpoch, long counter, boolean revoked, String address) {
    /** The record's name in the pool. */
    public static String nameOf(HostId host) {
        return "lease." + host;
    }

    public static LeaseRecord parse(String text) {
        return Json.read(text, LeaseRecord.class);
    }

    static LeaseRecord first(HostRef self, String address) {
        return new LeaseRecord(self.host(), self.hostEpoch(), 0, false, address);
    }

    boolean isHeldBy(HostRef self) {
        return hostEpoch == self.hostEpoch() && !revoked;
    }

    boolean isOlderThan(HostRef other) {
        return hostEpoch < other.hostEpoch();
    }

    LeaseRecord renewed() {
        return new LeaseRecord(host, hostEpoch, counter + 1, revoked, address);
    }

    /** The counter stays, so that the age of the last renewal can still be told. */
    LeaseRecord revokedFor(HostRef other) {
        return new LeaseRecord(host, other.hostEpoch(), counter, true, address);
    }
}
