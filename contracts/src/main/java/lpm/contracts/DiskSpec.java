package lpm.contracts;

import java.util.Optional;

/**
 * A disk to be made.
 *
 * @param filesystem raw, swap, ext3, ext4 or initrd
 * @param image the image written to it, such as {@code linode/debian12}
 * @param secretRef names the sealed secret (root password hash, keys) that the agent already has or waits for
 */
public record DiskSpec(
        DiskId disk,
        String label,
        long sizeMib,
        String filesystem,
        Optional<String> image,
        Optional<String> secretRef) {}
