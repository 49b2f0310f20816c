package lpm.contracts;

/**
 * One block device of a Linode.
 *
 * @param slot {@code sda} to {@code sdh}
 * @param kind a disk of the Linode's own or a volume
 * @param id the disk's or volume's number
 * @param pool where its bytes lie
 * @param sizeMib size in MiB
 */
public record BlockDevice(String slot, Kind kind, long id, PoolId pool, long sizeMib) {
    /** What the device is. */
    public enum Kind {
        disk,
        volume
    }

    /** The name of the bytes inside the pool, such as {@code disk-4}. Never derived from user input. */
    public String image() {
        return kind + "-" + id;
    }
}
