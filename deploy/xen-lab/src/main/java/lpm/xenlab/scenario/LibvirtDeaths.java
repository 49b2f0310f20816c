package lpm.xenlab.scenario;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import lpm.local.LocalFailure;
import lpm.local.Waiting;

/** libvirtd is killed or hangs, mostly while it moves a guest; nobody but the agent may start it again. */
final class LibvirtDeaths {
    private static final String KILL = "pkill -KILL -x libvirtd";
    private static final String FREEZE = "pkill -STOP -x libvirtd";

    /** What a person would try with a guest that stands still; it makes libvirt refuse what would help. */
    private static final String KILL_AND_RESUME =
            KILL + "; rm -f /run/libvirtd.pid; setsid libvirtd -d -l >/dev/null 2>&1; "
                    + "timeout 20 sh -c 'until virsh -c xen:///system resume %s; do sleep 0.2; done'";

    static final List<Scenario> SCENARIOS = List.of(
            Scenario.more(
                    "libvirtd-killed-at-source-in-mid-copy", stage -> broken(stage, KILL, true, Move::awaitMidCopy)),
            Scenario.more(
                    "libvirtd-killed-at-target-in-mid-copy", stage -> broken(stage, KILL, false, Move::awaitMidCopy)),
            Scenario.more(
                    "libvirtd-killed-at-source-in-the-switch", stage -> broken(stage, KILL, true, Move::awaitSwitch)),
            Scenario.more(
                    "libvirtd-killed-at-target-in-the-switch", stage -> broken(stage, KILL, false, Move::awaitSwitch)),
            Scenario.more(
                    "libvirtd-frozen-at-source-in-mid-copy", stage -> broken(stage, FREEZE, true, Move::awaitMidCopy)),
            Scenario.more(
                    "libvirtd-killed-in-the-switch-and-resume-tried",
                    stage -> broken(stage, KILL_AND_RESUME, true, Move::awaitSwitch)),
            Scenario.more("libvirtd-frozen-beside-a-guest", LibvirtDeaths::frozen));

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private LibvirtDeaths() {}

    private static String broken(Stage stage, String how, boolean atSource, Consumer<Move> moment) {
        Guest guest = stage.guest();
        String source = guest.host();
        String target = stage.other(source);
        String where = atSource ? source : target;
        try (Trigger kill = new Trigger(stage.host(where), how.formatted(guest.name()))) {
            Move move = guest.migrateTo(target);
            moment.accept(move);
            long killed = System.nanoTime();
            kill.fire();
            kill.await();
            String end = move.mustEndWell();
            double ended = DoubleRunWitness.seconds(System.nanoTime() - killed);
            awaitLibvirt(stage, where);
            double back = DoubleRunWitness.seconds(System.nanoTime() - killed);
            long standstill = move.standstillMillis();
            guest.migrate().mustComplete();
            return "%s after %.1f s, libvirtd back after at most %.1f s, no copy could run for %d ms; moved again"
                    .formatted(end, ended, back, standstill);
        }
    }

    /** The lease is renewed all the time: neither the watchdog nor the fence that is asked for touches the guest. */
    private static String frozen(Stage stage) {
        Guest guest = stage.guest();
        String host = guest.host();
        Instant before = Instant.now();
        long frozen = System.nanoTime();
        stage.host(host).dom0(Duration.ofSeconds(20), FREEZE);
        awaitLibvirt(stage, host);
        double back = DoubleRunWitness.seconds(System.nanoTime() - frozen);
        stage.awaitHostState(host, "active", LIMIT);
        Failed.unless(
                Stage.when(stage.events("fence/" + host), "storage.FenceConfirmed")
                        .filter(before::isBefore)
                        .isEmpty(),
                "no fence of host " + host,
                stage.events("fence/" + host));
        List<Span> spans = stage.witness().spans(guest.name(), frozen);
        Failed.unless(spans.size() == 1, "that the guest runs without a break", spans);
        long silence = guest.silence(frozen).toMillis();
        guest.migrate().mustComplete();
        return "libvirtd back after at most %.1f s, longest silence of the guest %d ms; moved then"
                .formatted(back, silence);
    }

    private static void awaitLibvirt(Stage stage, String host) {
        Waiting.until("libvirtd at work on host " + host, LIMIT, PAUSE, () -> {
            try {
                return Waiting.Look.ready(stage.host(host).dom0(Duration.ofSeconds(20), "virsh -c xen:///system list"));
            } catch (LocalFailure e) {
                return Waiting.Look.notYet(e.sentence());
            }
        });
    }
}
