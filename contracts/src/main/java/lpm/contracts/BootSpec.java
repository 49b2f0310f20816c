package lpm.contracts;

import java.util.List;

/**
 * Everything a host needs to start a Linode.
 *
 * @param generation version of this spec; grows with every change
 * @param label the Linode's label, for people who look at the host; never used as a name or path
 * @param kernel kernel id of the catalogue, such as {@code linode/grub2}
 * @param rootDevice such as {@code /dev/sda}
 */
public record BootSpec(
        long generation,
        String label,
        Resources resources,
        String kernel,
        String rootDevice,
        List<BlockDevice> devices,
        List<Nic> nics) {
    public BootSpec {
        devices = List.copyOf(devices);
        nics = List.copyOf(nics);
    }
}
