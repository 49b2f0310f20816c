package lpm.xenlab;

import java.time.Duration;
import java.util.List;

/** A guest with the same image, memory and disk as a Linode's, made and moved by libvirt's own client alone. */
final class BareGuest {
    static final String ADDRESS = "198.18.100.1";
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final String NAME = "bare-1";
    private static final String IMAGE = "bare-root";

    private final XenLab lab;
    private int on = 1;

    /** Copies the root disk of a Linode. */
    BareGuest(XenLab lab, long disk) {
        this.lab = lab;
        ceph("rbd", "cp", CephCluster.POOL + "/disk-" + disk, CephCluster.POOL + "/" + IMAGE);
    }

    /** Comes back when libvirt has made it. */
    void create(int memoryMib) {
        map(on);
        virsh(xml(memoryMib), "create", "/dev/stdin");
    }

    /** Moves it to the other host, the way an operator by hand would: live, peer-to-peer, not paused. */
    void migrate() {
        int to = 3 - on;
        map(to);
        virsh("", "migrate", "--live", "--p2p", NAME, uri(to), "--migrateuri", "tcp://" + LabNetwork.address(to));
        on = to;
    }

    void destroy() {
        virsh("", "destroy", NAME);
    }

    private void map(int host) {
        lab.host(host).dom0(LIMIT, "lpm-dom0 map " + CephCluster.POOL + " " + IMAGE);
    }

    private void virsh(String input, String... words) {
        List<String> command = new java.util.ArrayList<>(List.of("virsh", "-q", "-c", uri(on)));
        command.addAll(List.of(words));
        Run.ok(LIMIT, lab.namespace().exec(command), input);
    }

    private void ceph(String program, String... words) {
        List<String> command = new java.util.ArrayList<>(lab.ceph().client(program));
        command.addAll(List.of(words));
        Run.ok(LIMIT, command);
    }

    private static String uri(int host) {
        return "xen+tcp://" + LabNetwork.address(host) + "/system";
    }

    private static String xml(int memoryMib) {
        String kernels = "/usr/lib/lpm/kernels/linode-latest-64bit";
        return """
                <domain type='xen'>
                  <name>%s</name><uuid>11111111-2222-3333-4444-555555555501</uuid>
                  <memory unit='MiB'>%d</memory><vcpu>1</vcpu>
                  <os><type arch='x86_64' machine='xenpvh'>xenpvh</type>
                    <kernel>%s/kernel</kernel><initrd>%s/initrd</initrd>
                    <cmdline>console=hvc0 quiet root=/dev/xvda ro ip=%s::198.18.0.1:255.255.128.0::eth0:off</cmdline>
                  </os>
                  <on_poweroff>destroy</on_poweroff><on_reboot>restart</on_reboot><on_crash>destroy</on_crash>
                  <devices>
                    <disk type='block' device='disk'><driver name='phy' type='raw'/>
                      <source dev='/dev/lpm/%s/%s'/><target dev='xvda' bus='xen'/><shareable/></disk>
                    <interface type='bridge'><mac address='00:16:3e:00:00:01'/><source bridge='br0'/></interface>
                    <console type='pty'><target type='xen' port='0'/></console>
                  </devices>
                </domain>
                """.formatted(NAME, memoryMib, kernels, kernels, ADDRESS, CephCluster.POOL, IMAGE);
    }
}
