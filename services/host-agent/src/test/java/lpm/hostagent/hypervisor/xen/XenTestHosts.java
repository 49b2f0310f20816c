package lpm.hostagent.hypervisor.xen;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Executors;
import lpm.contracts.BlockDevice;
import lpm.contracts.HostId;
import lpm.contracts.PoolId;
import lpm.hostagent.hypervisor.DomainSpec;
import org.libvirt.Connect;
import org.libvirt.LibvirtException;

/**
 * Two real hosts, h1 and h2, from a properties file: each agent's settings with the host's name before them ({@code
 * h1.LPM_HYPERVISOR}, {@code h1.LPM_ADDRESS}, {@code h1.LPM_DOM0}) and two block devices of both dom0s, {@code disk}
 * with a guest's root file system and {@code volume}.
 */
final class XenTestHosts implements AutoCloseable {
    private final Properties settings;
    private final Map<HostId, XenHypervisor> open = new HashMap<>();

    private final Map<HostId, Dom0> dom0s = new HashMap<>();

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

    /** With the disks mapped, as the agent does before each start: the last guest's end may have taken them away. */
    XenHypervisor hypervisor(HostId host) {
        Dom0 dom0 = dom0s.computeIfAbsent(host, this::dom0);
        for (String path : List.of(needed("disk"), needed("volume"))) {
            String[] parts = path.split("/");
            if (path.startsWith("/dev/lpm/")) {
                dom0.ask(Duration.ofSeconds(30), "map", parts[3], parts[4]);
            }
        }
        return open.computeIfAbsent(host, this::open);
    }

    private Dom0 dom0(HostId host) {
        return new Dom0(settings(host, type(host)).dom0());
    }

    private XenHypervisor open(HostId host) {
        return new XenHypervisor(
                settings(host, type(host)),
                this::path,
                Watchdog.of("/dev/null"),
                Executors.newVirtualThreadPerTaskExecutor());
    }

    private String type(HostId host) {
        return settings.getProperty(host + ".LPM_DOMAIN_TYPE", "pvh");
    }

    private XenSettings settings(HostId host, String type) {
        return new XenSettings(
                host,
                uri(host),
                of(host, "LPM_ADDRESS"),
                List.of(of(host, "LPM_DOM0").split("\\s+")),
                List.of(PoolId.of("pool-us-east")),
                type,
                settings.getProperty(host + ".LPM_KERNELS", "/usr/lib/lpm/kernels"),
                settings.getProperty(host + ".LPM_BRIDGE", "br0"),
                20);
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

    /** What the agent tells libvirt of such a domain. */
    String written(HostId host, String type, DomainSpec spec) {
        DomainTag tag = new DomainTag(
                spec.linode(),
                spec.ownerEpoch(),
                spec.spec().generation(),
                Optional.of(spec.startedBy()),
                Optional.empty());
        return new DomainXml(settings(host, type)).domain(tag, spec.spec(), this::path);
    }

    /** What its libvirt shows of it. */
    String seen(HostId host, String domain) {
        return aside(host, on -> on.domainLookupByName(domain).getXMLDesc(0));
    }

    /** What its libvirt makes of a domain that is not started. */
    String defined(HostId host, String xml) {
        return aside(host, on -> {
            org.libvirt.Domain domain = on.domainDefineXML(xml);
            try {
                return domain.getXMLDesc(0);
            } finally {
                domain.undefine();
            }
        });
    }

    /** As somebody beside the agent would; pressed until a guest that is still booting hears it. */
    void powerButton(HostId host, String domain) {
        await().ignoreExceptions()
                .atMost(Duration.ofSeconds(180))
                .pollInterval(Duration.ofSeconds(2))
                .until(() -> aside(host, on -> {
                    Optional<org.libvirt.Domain> there = LibvirtLink.find(on, domain);
                    if (there.isPresent()) {
                        there.get().shutdown();
                    }
                    return there.isEmpty();
                }));
    }

    /** By a connection of its own. */
    private <T> T aside(HostId host, LibvirtLink.Call<T> call) {
        try {
            Connect libvirt = new Connect(uri(host));
            try {
                return call.on(libvirt);
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
        dom0s.values().forEach(Dom0::close);
    }
}
