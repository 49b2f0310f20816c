package lpm.hostagent.disks;

/**
 * Images of Ceph pools as block devices of this host's dom0. All calls may be repeated. A dom0 that does not answer
 * throws {@link lpm.hostagent.hypervisor.PortUnreachable}, one that says no
 * {@link lpm.hostagent.hypervisor.PortRefusal}.
 */
public interface DeviceMap {
    /** Makes the image a block device; answers when its path is there, also when it was before. */
    void map(String pool, String image);

    /** Takes the block device away, also when there is none; refused while it is open. */
    void unmap(String pool, String image);

    /** Takes all of them away by force, open or not; answers when the kernel shows none any more. */
    void unmapAll();
}
