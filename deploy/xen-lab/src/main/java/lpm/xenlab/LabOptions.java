package lpm.xenlab;

import java.nio.file.Path;
import lpm.local.LocalFailure;
import lpm.local.Progress;

/**
 * What a lab is started with.
 *
 * @param home the repository
 * @param data the lab's folder; what was in it is thrown away
 * @param hosts how many Xen hosts
 * @param memoryMib of each host, dom0's {@value #DOM0_MIB} included
 * @param pool what its disks lie in
 * @param watchMillis how often a witness in each dom0 looks at all domains; 0 for none
 * @param progress where to tell what happens
 */
public record LabOptions(
        Path home, Path data, int hosts, int memoryMib, Pool pool, int watchMillis, Progress progress) {
    public static final int DEFAULT_HOSTS = 2;
    public static final int DEFAULT_MEMORY_MIB = 768;
    static final int DOM0_MIB = 320;
    private static final int MAX_HOSTS = 9;
    private static final int SMALLEST_GUESTS_MIB = 160;

    /** What a lab's disks can lie in. */
    public enum Pool {
        /** A Ceph cluster. */
        ceph,
        /** A folder served by NFS. */
        nfs
    }

    public LabOptions {
        home = home.toAbsolutePath().normalize();
        data = data.toAbsolutePath().normalize();
        if (hosts < 1 || hosts > MAX_HOSTS) {
            throw new LocalFailure("--hosts must be between 1 and " + MAX_HOSTS + ", found " + hosts + ".");
        }
        if (memoryMib < DOM0_MIB + SMALLEST_GUESTS_MIB) {
            throw new LocalFailure("--memory must be at least " + (DOM0_MIB + SMALLEST_GUESTS_MIB)
                    + " MiB for a host with one guest, found " + memoryMib + ".");
        }
    }

    /** On Ceph, without a witness. */
    public LabOptions(Path home, Path data, int hosts, int memoryMib, Progress progress) {
        this(home, data, hosts, memoryMib, Pool.ceph, 0, progress);
    }

    /** The same with disks in another pool. */
    public LabOptions on(Pool other) {
        return new LabOptions(home, data, hosts, memoryMib, other, watchMillis, progress);
    }

    /** The same with a witness in each dom0. */
    public LabOptions watched(int everyMillis) {
        return new LabOptions(home, data, hosts, memoryMib, pool, everyMillis, progress);
    }

    /** The same in another folder. */
    LabOptions in(Path folder) {
        return new LabOptions(home, folder, hosts, memoryMib, pool, watchMillis, progress);
    }

    /** The usual lab of this build. */
    public static LabOptions usual(Path home, Path data, Progress progress) {
        return new LabOptions(home, data, DEFAULT_HOSTS, DEFAULT_MEMORY_MIB, progress);
    }
}
