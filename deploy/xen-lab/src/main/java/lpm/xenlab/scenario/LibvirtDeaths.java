package lpm.xenlab.scenario;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import lpm.local.LocalFailure;
import lpm.local.Waiting;

/** libvirtd is killed while it moves a guest; nobody but the agent may start it again. */
final class LibvirtDeaths {
    static final List<Scenario> SCENARIOS = List.of(
            Scenario.more("libvirtd-killed-at-source-in-mid-copy", stage -> killed(stage, true, Move::awaitMidCopy)),
            Scenario.more("libvirtd-killed-at-target-in-mid-copy", stage -> killed(stage, false, Move::awaitMidCopy)),
            Scenario.more("libvirtd-killed-at-source-in-the-switch", stage -> killed(stage, true, Move::awaitSwitch)),
            Scenario.more("libvirtd-killed-at-target-in-the-switch", stage -> killed(stage, false, Move::awaitSwitch)));

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private LibvirtDeaths() {}

    private static String killed(Stage stage, boolean atSource, Consumer<Move> moment) {
        Guest guest = stage.guest();
        String source = guest.host();
        String target = stage.other(source);
        String where = atSource ? source : target;
        try (Trigger kill = new Trigger(stage.host(where), "pkill -KILL -x libvirtd")) {
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
            return "%s after %.1f s, libvirtd answers after at most %.1f s, no copy could run for %d ms; moved again"
                    .formatted(end, ended, back, standstill);
        }
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
