package lpm.hostagent.hypervisor.xen;

import java.util.List;
import java.util.Optional;
import lpm.contracts.BootSpec;

/** How a kernel of the catalogue boots. */
final class Kernels {
    private static final String GRUB = "linode/grub2";
    private static final String DIRECT_DISK = "linode/direct-disk";
    private static final String NETMASK = "255.255.128.0";

    private Kernels() {}

    /** Boot loaders read kernel and command line from the guest's own disk. */
    static boolean loadsItself(String kernel) {
        return kernel.equals(GRUB) || kernel.equals(DIRECT_DISK);
    }

    /** Console, root device and, for the initrd, the first IPv4 address. */
    static String commandLine(BootSpec spec) {
        String root = "xv" + spec.rootDevice().replace("/dev/", "").substring(1);
        String line = "console=hvc0 quiet root=/dev/" + root + " ro";
        return line
                + ipv4(spec)
                        .map(ip -> " ip=" + ip + "::" + gateway(ip) + ":" + NETMASK + "::eth0:off")
                        .orElse("");
    }

    private static Optional<String> ipv4(BootSpec spec) {
        return spec.nics().stream()
                .map(nic -> nic.addresses())
                .flatMap(List::stream)
                .map(address -> address.split("/")[0])
                .filter(address -> address.matches("[0-9]+(\\.[0-9]+){3}"))
                .findFirst();
    }

    /** The scheduler's ranges are /17s whose first address is the gateway. */
    private static String gateway(String ip) {
        String[] parts = ip.split("\\.");
        return parts[0] + "." + parts[1] + "." + (Integer.parseInt(parts[2]) < 128 ? 0 : 128) + ".1";
    }
}
