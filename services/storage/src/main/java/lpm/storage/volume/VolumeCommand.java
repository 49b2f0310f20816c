package lpm.storage.volume;

import java.util.List;
import java.util.Optional;
import lpm.contracts.AccountId;
import lpm.contracts.BlockDevice;
import lpm.contracts.Command;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;
import lpm.contracts.PoolId;
import lpm.contracts.Region;
import lpm.contracts.VolumeId;

/** What a volume is told. */
public sealed interface VolumeCommand extends Command {
    VolumeId volume();

    @Override
    default String aggregateId() {
        return volume().aggregateId();
    }

    /** Make a volume; {@code cloneOf} names the bytes it starts with. */
    record Create(
            VolumeId volume,
            AccountId account,
            String label,
            Region region,
            long sizeGib,
            PoolId pool,
            HostRef at,
            List<String> tags,
            Optional<BlockDevice> cloneOf,
            Optional<LinodeId> attachTo)
            implements VolumeCommand {
        public Create {
            tags = List.copyOf(tags);
        }
    }

    /** Give it another label or other tags. */
    record Update(VolumeId volume, AccountId account, Optional<String> label, Optional<List<String>> tags)
            implements VolumeCommand {
        public Update {
            tags = tags.map(List::copyOf);
        }
    }

    /** Put it at a Linode. */
    record Attach(VolumeId volume, AccountId account, LinodeId linode, boolean persistAcrossBoots)
            implements VolumeCommand {}

    /** Take it off its Linode. */
    record Detach(VolumeId volume, AccountId account) implements VolumeCommand {}

    /** Give it more room. */
    record Resize(VolumeId volume, AccountId account, long sizeGib, HostRef at) implements VolumeCommand {}

    /** Scrub and delete it. */
    record Delete(VolumeId volume, AccountId account, HostRef at) implements VolumeCommand {}

    /** A move of its Linode begins: keep it as it is. */
    record Hold(VolumeId volume, MigrationId migration) implements VolumeCommand {}

    /** The move ended. */
    record Release(VolumeId volume, MigrationId migration) implements VolumeCommand {}

    /** Its bytes are there. */
    record NoteCreated(VolumeId volume) implements VolumeCommand {}

    /** Its bytes could not be made. */
    record NoteCreateFailed(VolumeId volume, HostRef by, String reason) implements VolumeCommand {}

    /** Its bytes have a new size. */
    record NoteResized(VolumeId volume, long sizeMib) implements VolumeCommand {}

    /** Its bytes could not be resized. */
    record NoteResizeFailed(VolumeId volume, HostRef by, String reason) implements VolumeCommand {}

    /** Its bytes are scrubbed and gone. */
    record NoteScrubbed(VolumeId volume) implements VolumeCommand {}

    /** It is at the Linode. */
    record NoteAttached(VolumeId volume, LinodeId linode, String slot) implements VolumeCommand {}

    /** The Linode did not take it, or did not let it go. */
    record NoteRefused(VolumeId volume, LinodeId linode, boolean attach, String reason) implements VolumeCommand {}

    /** It is off the Linode. */
    record NoteDetached(VolumeId volume, LinodeId linode) implements VolumeCommand {}

    /** The host did not answer: ask again, perhaps another one. Only the newest order is given again. */
    record AskAgain(VolumeId volume, long asked, HostRef at) implements VolumeCommand {}
}
