package lpm.xenlab.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import lpm.cli.Api;
import lpm.xenlab.LabCustomer;
import lpm.xenlab.LabCustomer.Linode;
import lpm.xenlab.XenHost;

/** Disks in a folder that all hosts have mounted from one NFS server. */
final class DisksInNfs {
    static final List<Scenario> SCENARIOS = List.of(
            Scenario.onNfs("nfs-migrate-and-grow", DisksInNfs::migrateAndGrow),
            Scenario.onNfs("nfs-host-powered-off", HostDeaths::poweredOff),
            Scenario.onNfs("nfs-agent-inside-dom0", AgentInside::inside));

    private static final Duration DOM0 = Duration.ofMinutes(1);
    private static final long GIB = 1L << 30;
    private static final long BEFORE_GIB = 10;
    private static final long AFTER_GIB = 12;
    private static final String VOLUME = "xvdb";

    private DisksInNfs() {}

    /** Moved there and back with a volume, which is made larger while the guest runs. */
    private static String migrateAndGrow(Stage stage) {
        Guest guest = stage.guest();
        LabCustomer customer = new LabCustomer(stage.cloud().platform());
        Linode linode = new Linode(guest.id(), guest.address());
        long volume = customer.attachVolume(linode, "nfs-" + guest.id());
        guest.awaitSize(VOLUME, BEFORE_GIB * GIB);
        String seen = mustBeDirect(stage, guest);
        Move there = guest.migrate();
        there.mustComplete();
        mustBeDirect(stage, guest);
        long asked = System.nanoTime();
        stage.customer().post("/v4/volumes/" + volume + "/resize", Api.object().put("size", AFTER_GIB));
        guest.awaitSize(VOLUME, AFTER_GIB * GIB);
        double larger = DoubleRunWitness.seconds(System.nanoTime() - asked);
        Move back = guest.migrate();
        back.mustComplete();
        ConsoleTicks ticks = guest.mustHaveAllTicks();
        guest.mustHaveAllWrites();
        customer.detachVolume(volume);
        customer.deleteVolume(volume);
        return String.format(
                Locale.ROOT,
                "%s; there: %s; a volume made larger seen by the guest after %.1f s; back: %s; %d console ticks, none"
                        + " lost",
                seen,
                there.figures(),
                larger,
                back.figures(),
                ticks.last() + 1);
    }

    /** A mounted folder, past dom0's memory: otherwise the guest would not find its writes at the other host. */
    private static String mustBeDirect(Stage stage, Guest guest) {
        XenHost host = stage.host(guest.host());
        String seen = host.dom0(
                        DOM0,
                        ". /run/lab-settings; stat -f -c %T \"$folder\";"
                                + " lpm-dom0 mapped | while read -r pool image device; do"
                                + " read -r direct <\"/sys/block/${device#/dev/}/loop/dio\";"
                                + " echo \"$pool $direct\"; done")
                .strip();
        String expected = "nfs\npool-us-east 1\npool-us-east 1";
        Failed.unless(
                seen.equals(expected),
                "two disks in pool-us-east on nfs, read and written directly, on " + host.name(),
                seen);
        return "both disks direct on NFS";
    }
}
