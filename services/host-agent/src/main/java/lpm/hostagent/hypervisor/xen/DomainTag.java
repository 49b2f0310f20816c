package lpm.hostagent.hypervisor.xen;

import java.util.Optional;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;

/**
 * What is kept with a domain, in its metadata: whose it is, under which owner epoch and boot spec, which order started
 * it, and, in a copy that was sent, the migration it came with. Travels with the domain.
 */
record DomainTag(
        LinodeId linode,
        long ownerEpoch,
        long generation,
        Optional<String> startedBy,
        Optional<MigrationId> migration) {
    private static final String NAME = "linode-";

    /** The name of a Linode's domain on every host. */
    static String name(LinodeId linode) {
        return NAME + linode;
    }

    /** The Linode a domain's name stands for; empty for domains that are not ours. */
    static Optional<LinodeId> linode(String name) {
        return name.matches(NAME + "[1-9][0-9]{0,17}")
                ? Optional.of(LinodeId.of(Long.parseLong(name.substring(NAME.length()))))
                : Optional.empty();
    }

    /** The same domain as the migration's target shall have it. */
    DomainTag moved(MigrationId by, long nextEpoch) {
        return new DomainTag(linode, nextEpoch, generation, Optional.empty(), Optional.of(by));
    }
}
