package lpm.systemtests.chaos;

import java.nio.file.Path;
import lpm.hostagent.disks.Programs;
import lpm.hostagent.hypervisor.PortRefusal;
import lpm.local.Child;

/** What may be wrong with a disk. */
enum DiskTrouble {
    full,
    failing;

    /** Whether it can be had on this machine. */
    boolean isPossible() {
        return switch (this) {
            case full -> SmallDisk.isPossible();
            case failing -> FailingDisk.isPossible();
        };
    }

    /** Whether a program of the machine is there and ends well. */
    static boolean works(String... command) {
        try {
            Programs.run(command[0], command);
            return true;
        } catch (PortRefusal missing) {
            return false;
        }
    }

    /** A disk below the part's folder that can have it; a small one with so much room to spare. The part is down. */
    BadDisk under(Child part, int spareMib) {
        Path folder = part.log().getParent().resolveSibling(part.name());
        return switch (this) {
            case full -> SmallDisk.under(folder, spareMib);
            case failing -> FailingDisk.under(part, folder);
        };
    }
}
