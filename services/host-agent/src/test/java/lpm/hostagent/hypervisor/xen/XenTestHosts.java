package lpm.hostagent.hypervisor.xen;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executors;
import lpm.contracts.BlockDevice;
import lpm.contracts.HostId;
import lpm.contracts.PoolId;
import org.libvirt.Connect;
import org.libvirt.LibvirtException;

/**
 * Two real hosts, h1 and h2, from a properties file: each agent's settings with the host's name before them ({@code
 * h1.LPM_HYPERVISOR}, {@code h1.LPM_ADDRESS}, {@code h1.LPM_DOM0}) and two block devices of both dom0s, {@code disk} with
 * a guest's root file system and {@code volume}.
 */
final class XenTestHosts implements AutoCloseable {
    private final Properties settings;
    private final Map<HostId, XenHypervisor> open = new HashMap<>();

    private XenTestHosts(Properties settings) {
        this.settings = settings;
    }

    static XenTestHosts read(Path file) throws IOException {
        Properties settings = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            settings.load(in);
        }
        return new XenTestHosts(settings);
    }

    XenHypervisor hypervisor(HostId host) {
        return open.computeIfAbsent(host, this::open);
    }

    private XenHypervisor open(HostId host) {
        XenSettings own = new XenSettings(
                host,
                uri(host),
                of(host, "LPM_ADDRESS"),
                List.of(of(host, "LPM_DOM0").split("\\s+")),
                List.of(PoolId.of("pool-us-east")),
                settings.getProperty(host + ".LPM_DOMAIN_TYPE", "pvh"),
                settings.getProperty(host + ".LPM_KERNELS", "/usr/lib/lpm/kernels"),
                settings.getProperty(host + ".LPM_BRIDGE", "br0"),
                20);
        return new XenHypervisor(
                own, this::path, Watchdog.of("/dev/null"), Executors.newVirtualThreadPerTaskExecutor());
    }

    private String path(BlockDevice device) {
        return needed(device.kind() == BlockDevice.Kind.disk ? "disk" : "volume");
    }

    URI uri(HostId host) {
        return URI.create(of(host, "LPM_HYPERVISOR"));
    }

    /** The address of the first host with another port, where nobody listens. */
    String nowhere() {
        URI first = uri(HostId.of("h1"));
        return first.getScheme() + "://" + first.getHost() + ":9/system";
    }

    /** As the guest's owner would, not by the agent. */
    void powerButton(HostId host, String domain) {
        try {
            Connect libvirt = new Connect(uri(host));
            try {
                libvirt.domainLookupByName(domain).shutdown();
            } finally {
                libvirt.close();
            }
        } catch (LibvirtException e) {
            throw new IllegalStateException(e);
        }
    }

    private String of(HostId host, String name) {
        return needed(host + "." + name);
    }

    private String needed(String name) {
        String value = settings.getProperty(name);
        if (value == null) {
            throw new IllegalStateException("expected " + name + " in the settings of the Xen hosts, found none");
        }
        return value;
    }

    @Override
    public void close() {
        open.values().forEach(XenHypervisor::close);
    }
}
