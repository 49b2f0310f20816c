package lpm.storage.volume;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import lpm.contracts.AccountId;
import lpm.contracts.BlockDevice;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;
import lpm.contracts.PoolId;
import lpm.contracts.Region;
import lpm.contracts.VolumeId;

/** Where a volume stands. */
public sealed interface VolumeState {
    long MIB_PER_GIB = 1024;

    /** Never ordered. */
    record None() implements VolumeState {}

    /** Its bytes are being made. */
    record Creating(Traits traits, Optional<BlockDevice> cloneOf, Optional<LinodeId> attachTo) implements VolumeState {}

    /** Usable. */
    record Active(Traits traits, Attachment attachment) implements VolumeState {}

    /** Usable, and getting more room. */
    record Resizing(Traits traits, Attachment attachment, long newSizeGib) implements VolumeState {}

    /** Its bytes are being scrubbed. */
    record Deleting(Traits traits) implements VolumeState {}

    /** It was deleted, or could not be made. */
    record Gone(Traits traits) implements VolumeState {}

    /**
     * What is true of a volume in every phase.
     *
     * @param heldBy the moves that hold it
     * @param events how many events there were
     * @param asked the number of the newest order to a host
     * @param worker the host of that order: what one before it could not do, this one may, so only it can fail it
     */
    record Traits(
            VolumeId volume,
            AccountId account,
            String label,
            Region region,
            long sizeGib,
            PoolId pool,
            List<String> tags,
            Set<MigrationId> heldBy,
            long events,
            long asked,
            HostRef worker) {
        public Traits {
            tags = List.copyOf(tags);
            heldBy = Set.copyOf(heldBy);
        }

        BlockDevice device() {
            return new BlockDevice("", BlockDevice.Kind.volume, volume.value(), pool, sizeGib * MIB_PER_GIB);
        }

        boolean held() {
            return !heldBy.isEmpty();
        }

        Traits next() {
            return new Traits(volume, account, label, region, sizeGib, pool, tags, heldBy, events + 1, asked, worker);
        }

        Traits ordered(HostRef at) {
            return new Traits(volume, account, label, region, sizeGib, pool, tags, heldBy, events, events, at);
        }

        Traits named(String other, List<String> otherTags) {
            return new Traits(volume, account, other, region, sizeGib, pool, otherTags, heldBy, events, asked, worker);
        }

        Traits sized(long gib) {
            return new Traits(volume, account, label, region, gib, pool, tags, heldBy, events, asked, worker);
        }

        Traits heldBy(Set<MigrationId> moves) {
            return new Traits(volume, account, label, region, sizeGib, pool, tags, moves, events, asked, worker);
        }
    }

    /** Where it is plugged in. */
    sealed interface Attachment {
        /** Nowhere. */
        record Detached() implements Attachment {}

        /** The Linode was asked to take it. */
        record Attaching(LinodeId linode) implements Attachment {}

        /** At a Linode. */
        record Attached(LinodeId linode, String slot) implements Attachment {}

        /** The Linode was asked to let it go. */
        record Detaching(LinodeId linode, String slot) implements Attachment {}

        /** The Linode it belongs to as the API shows it: from the request to attach until it is really off. */
        default Optional<LinodeId> at() {
            return switch (this) {
                case Detached _ -> Optional.empty();
                case Attaching(LinodeId linode) -> Optional.of(linode);
                case Attached(LinodeId linode, String _) -> Optional.of(linode);
                case Detaching(LinodeId linode, String _) -> Optional.of(linode);
            };
        }
    }
}
