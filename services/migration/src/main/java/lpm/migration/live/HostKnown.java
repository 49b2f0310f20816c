package lpm.migration.live;

import lpm.contracts.HostId;
import lpm.contracts.HostRef;

/**
 * What is known of a host's registrations.
 *
 * @param newestEpoch the newest registration, 0 if unknown
 * @param fencedEpoch the newest registration that is shut out at the pool, 0 if none
 */
record HostKnown(HostId host, long newestEpoch, long fencedEpoch) {

    static HostKnown nothing(HostId host) {
        return new HostKnown(host, 0, 0);
    }

    /** Everything of this registration was stopped, and the pool refuses it. */
    boolean fenced(HostRef ref) {
        return host.equals(ref.host()) && fencedEpoch >= ref.hostEpoch();
    }

    /** The host is registered anew: orders for the older registration are refused by its agent. */
    boolean anew(HostRef ref) {
        return host.equals(ref.host()) && newestEpoch > ref.hostEpoch();
    }

    /** Whom to ask: the host under its newest known registration. */
    HostRef newest(HostRef ref) {
        return anew(ref) ? new HostRef(host, newestEpoch) : ref;
    }

    HostKnown registered(long epoch) {
        return new HostKnown(host, Math.max(newestEpoch, epoch), fencedEpoch);
    }

    HostKnown fencedAt(long epoch) {
        return new HostKnown(host, newestEpoch, Math.max(fencedEpoch, epoch));
    }
}
