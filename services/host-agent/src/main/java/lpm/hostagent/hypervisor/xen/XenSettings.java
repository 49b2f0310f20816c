package lpm.hostagent.hypervisor.xen;

import java.net.URI;
import java.util.List;
import lpm.contracts.HostId;
import lpm.contracts.PoolId;

/**
 * What an agent is told about its Xen host.
 *
 * @param uri libvirt's address, such as {@code xen:///system} or {@code xen+tcp://192.0.2.1/system}
 * @param address the host's address in the network in which domains are sent and disks are reached
 * @param dom0 the command that serves the agent's rights in dom0 (see {@code deploy/host/lpm-dom0})
 * @param domainType {@code pvh} or {@code pv}
 * @param kernels folder in dom0 with {@code <kernel id, - for />/kernel} and, where there is one, {@code initrd}
 * @param bridge the bridge in dom0 that guests' interfaces are put on
 * @param linkMibPerSecond what the migration link carries, until own migrations have shown it
 */
public record XenSettings(
        HostId host,
        URI uri,
        String address,
        List<String> dom0,
        List<PoolId> pools,
        String domainType,
        String kernels,
        String bridge,
        double linkMibPerSecond) {
    private static final String PVH = "pvh";

    public XenSettings {
        dom0 = List.copyOf(dom0);
        pools = List.copyOf(pools);
        if (!domainType.equals(PVH) && !domainType.equals("pv")) {
            throw new IllegalArgumentException("LPM_DOMAIN_TYPE must be pvh or pv, found " + domainType);
        }
    }

    /** libvirt's driver, which is the type of its domains too. */
    String driver() {
        return uri.getScheme().replaceFirst("\\+.*", "");
    }

    boolean pvh() {
        return domainType.equals(PVH);
    }

    /** Where other hosts' libvirt reaches this one's: the transport of {@code uri}, or TLS where that is local. */
    String migrationUri() {
        String scheme = uri.getScheme();
        return (scheme.contains("+") ? scheme : scheme + "+tls") + "://" + address + "/system";
    }
}
