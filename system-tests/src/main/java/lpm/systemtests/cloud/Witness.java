package lpm.systemtests.cloud;

import java.util.List;
import lpm.contracts.HostId;
import lpm.contracts.LinodeId;
import lpm.hostagent.hypervisor.PortUnreachable;
import lpm.hostagent.simulated.Run;
import lpm.hostagent.simulated.XenClient;
import lpm.hostagent.simulated.XenControl;
import lpm.local.LocalCloud;
import lpm.local.Waiting;

/** What really ran where, told by the simulated hypervisor and not by the platform; and the hosts' power switches. */
public record Witness(XenControl control) {

    public static Witness of(LocalCloud cloud) {
        XenControl control = new XenClient(cloud.dataDir().of("sockets").resolve("control.sock")).control();
        return Waiting.until("the simulated Xen's control socket", Tenant.LIMIT, () -> {
            try {
                control.figures();
                return Waiting.Look.ready(new Witness(control));
            } catch (PortUnreachable e) {
                return Waiting.Look.notYet(String.valueOf(e.getMessage()));
            }
        });
    }

    /** Copies of one Linode that ran at the same time. */
    public List<List<Run>> doubles() {
        return control.doubles();
    }

    public List<String> hostsRunning(long linode) {
        return control.figures().stream()
                .filter(each -> each.running().contains(new LinodeId(linode)))
                .map(each -> each.host().value())
                .toList();
    }

    public void powerOff(String host) {
        control.powerOff(new HostId(host));
    }

    public void powerOn(String host) {
        control.powerOn(new HostId(host));
    }
}
