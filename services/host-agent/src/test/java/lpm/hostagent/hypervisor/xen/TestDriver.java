package lpm.hostagent.hypervisor.xen;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import lpm.contracts.HostId;
import lpm.contracts.PoolId;
import org.libvirt.Connect;
import org.libvirt.Domain;
import org.libvirt.LibvirtException;

/**
 * One host of libvirt's test driver, which lives inside this process, with a dom0 that shows what the driver has.
 * Domains that only dom0 knows, or only libvirt, are made by {@link #hide} and {@link #orphans}.
 */
final class TestDriver implements AutoCloseable {
    private static final String NAMES = "linode-";
    static final int ROOM_MIB = 2_048;

    final Connect libvirt;
    final FakeDom0 dom0 = new FakeDom0(this::answer);
    /** Lines of domains that libvirt does not know. */
    final List<String> orphans = new ArrayList<>();
    /** Whether dom0 shows nothing of what libvirt knows. */
    volatile boolean hide;

    /** Whether orphans go by themselves in the moment they are destroyed. */
    volatile boolean vanishing;

    private final String boot = java.util.UUID.randomUUID().toString();

    TestDriver() throws LibvirtException {
        try {
            LibvirtLibrary.require();
        } catch (IllegalStateException e) {
            assumeTrue(false, e.getMessage());
        }
        libvirt = new Connect(URI.create("test:///default"));
        clear();
    }

    XenSettings settings() {
        return new XenSettings(
                HostId.of("h1"),
                URI.create("test:///default"),
                "192.0.2.1",
                dom0.command(),
                List.of(PoolId.of("pool-us-east")),
                "pvh",
                "/kernels",
                "br0",
                100);
    }

    XenHypervisor hypervisor() {
        return new XenHypervisor(
                settings(),
                device -> "/dev/lpm/rbd/" + device.image(),
                Watchdog.of("/dev/null"),
                Executors.newVirtualThreadPerTaskExecutor());
    }

    private List<String> answer(String question) {
        String[] words = question.split(" ");
        try {
            return switch (words[0]) {
                case "boot-id" -> List.of(boot);
                case "host" -> List.of("nr_cpus 8", "free_memory " + ROOM_MIB, "xen_version 0", "cpu_model test");
                case "domains" -> domains();
                case "destroy" -> destroy(words[1]);
                case "sent" -> List.of("0");
                case "restart-libvirtd" -> restart();
                default -> throw new FakeDom0.No("unknown request '" + words[0] + "'");
            };
        } catch (LibvirtException e) {
            throw new FakeDom0.No(String.valueOf(e.getMessage()));
        }
    }

    private synchronized List<String> domains() throws LibvirtException {
        List<String> lines = new ArrayList<>(orphans);
        for (int id : hide ? new int[0] : libvirt.listDomains()) {
            Domain domain = libvirt.domainLookupByID(id);
            boolean paused = domain.getInfo().state == org.libvirt.DomainInfo.DomainState.VIR_DOMAIN_PAUSED;
            lines.add("%s %d %d 1 %s 1.0 - - -"
                    .formatted(domain.getName(), id, domain.getMaxMemory() / 1024, paused ? "--p---" : "r-----"));
        }
        return lines;
    }

    private synchronized List<String> destroy(String id) throws LibvirtException {
        if (vanishing) {
            orphans.clear();
            throw new FakeDom0.No("Domain " + id + ": Non-existant domain");
        }
        if (!orphans.removeIf(each -> each.split(" ")[1].equals(id))) {
            libvirt.domainLookupByID(Integer.parseInt(id)).destroy();
        }
        return List.of();
    }

    /** Only what runs is known after a restart. */
    private List<String> restart() throws LibvirtException {
        if (hide) {
            clear();
        }
        return List.of();
    }

    /** Takes every domain of ours away. */
    void clear() throws LibvirtException {
        for (int id : libvirt.listDomains()) {
            Domain domain = libvirt.domainLookupByID(id);
            if (domain.getName().startsWith(NAMES)) {
                domain.destroy();
            }
        }
    }

    @Override
    public void close() throws LibvirtException {
        clear();
        libvirt.close();
        dom0.close();
    }
}
