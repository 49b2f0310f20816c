package lpm.contracts.host;

import java.util.Optional;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;

/**
 * What a host sees of one Linode, by probing the hypervisor.
 *
 * @param state what the hypervisor shows now
 * @param jobRunning whether a migration job is open on this host for it
 * @param ownerEpoch the epoch kept with the domain, or 0 when the domain is absent
 * @param generation the boot spec's version kept with the domain, or 0
 */
public record DomainSeen(
        LinodeId linode,
        State state,
        boolean jobRunning,
        long ownerEpoch,
        long generation,
        Optional<MigrationId> migration) {
    /** What a domain can be seen as. */
    public enum State {
        running,
        /** Paused as the incoming copy of a migration; has never run here. */
        paused,
        /** Stopped in the middle of being sent; libvirt may wake it by itself. */
        suspended,
        /** Defined, not running. */
        off,
        /** Nothing there. */
        absent
    }
}
