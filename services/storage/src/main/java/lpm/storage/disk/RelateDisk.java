package lpm.storage.disk;

import lpm.contracts.Command;
import lpm.contracts.DiskId;
import lpm.contracts.HostRef;

/**
 * A question for {@link RelateDiskPlanner}: whose disk does a fact concern that names the disk only?
 *
 * @param by who tells it
 * @param sizeMib the new size, where it was resized
 * @param reason why it could not be resized, where that is the fact
 */
public record RelateDisk(DiskId disk, HostRef by, Fact fact, long sizeMib, String reason) implements Command {
    /** What was told of the disk. */
    public enum Fact {
        scrubbed,
        resized,
        resizeFailed
    }

    @Override
    public String aggregateId() {
        return disk.aggregateId();
    }
}
