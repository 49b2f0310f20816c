package lpm.hostagent.disks;

/**
 * Images of pools as block devices of this host's dom0, {@code /dev/lpm/<pool>/<image>}, where a pool is called what
 * dom0 knows it by. All calls may be repeated. A dom0 that does not answer throws
 * {@link lpm.hostagent.hypervisor.PortUnreachable}, one that says no {@link lpm.hostagent.hypervisor.PortRefusal}.
 */
public interface DeviceMap {
    /** Makes the image a block device; answers when its path is there, also when it was before. */
    void map(String pool, String image);

    /** Takes the block device away, also when there is none; refused while it is open. */
    void unmap(String pool, String image);

    /**
     * Takes all of them away, by force where the kernel has that; answers when it shows none any more, refused while a
     * folder's is still open.
     */
    void unmapAll();

    /** Devices of a folder whose files were made larger or smaller, by whatever host, have that size too. */
    void grow(String pool);
}
