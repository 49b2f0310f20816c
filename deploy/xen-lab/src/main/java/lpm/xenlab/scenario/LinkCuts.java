package lpm.xenlab.scenario;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import lpm.local.Waiting;

/** The network fails between two hosts, or all of it at one. */
final class LinkCuts {
    static final List<Scenario> SCENARIOS = List.of(
            Scenario.more("link-cut-10s-in-mid-copy", stage -> cut(stage, Move::awaitMidCopy, 10)),
            Scenario.more("link-cut-60s-in-mid-copy", stage -> cut(stage, Move::awaitMidCopy, 60)),
            Scenario.more("link-cut-10s-in-the-switch", stage -> cut(stage, Move::awaitSwitch, 10)),
            Scenario.more("link-cut-60s-in-the-switch", stage -> cut(stage, Move::awaitSwitch, 60)),
            Scenario.more("host-cut-off-and-fenced", LinkCuts::cutOff));

    private static final int CUT_OFF_SECONDS = 40;
    private static final Duration LIMIT = Duration.ofMinutes(4);

    private LinkCuts() {}

    private static String cut(Stage stage, Consumer<Move> moment, int seconds) {
        Guest guest = stage.guest();
        Move move = guest.migrate();
        moment.accept(move);
        long cut = System.nanoTime();
        stage.lab().network().cut(1, 2);
        Waiting.nap(Duration.ofSeconds(seconds));
        String meanwhile = move.status();
        stage.lab().network().heal(1, 2);
        String end = move.mustEndWell();
        double ended = DoubleRunWitness.seconds(System.nanoTime() - cut);
        long standstill = move.standstillMillis();
        guest.mustHaveAllTicks();
        guest.migrate().mustComplete();
        return String.format(
                Locale.ROOT,
                "%s at the heal, %s %.1f s after the cut, no copy could run for %d ms; no tick lost; moved again",
                meanwhile,
                end,
                ended,
                standstill);
    }

    /** The watchdog holds the host still, the storage refuses it, and what it had never runs or writes again. */
    private static String cutOff(Stage stage) {
        Guest guest = stage.guest();
        String host = guest.host();
        Instant off = Instant.now();
        long offNanos = System.nanoTime();
        stage.host(host).linkDown();
        Waiting.until(
                "the watchdog to stop host " + host,
                LIMIT,
                () -> stage.host(host).stoppedByWatchdog() ? Waiting.Look.ready(true) : Waiting.Look.notYet("it runs"));
        double stopped = DoubleRunWitness.seconds(System.nanoTime() - offNanos);
        long left = CUT_OFF_SECONDS - Math.round(DoubleRunWitness.seconds(System.nanoTime() - offNanos));
        Waiting.nap(Duration.ofSeconds(Math.max(0, left)));
        stage.host(host).linkUp();
        HostDeaths.Fate fate = HostDeaths.Fate.of(stage, host, off);
        long acknowledged = guest.acknowledged();
        guest.mustRunOn(stage.other(host));
        guest.mustHaveAllWrites();
        String times = fate.times(stage, guest, offNanos);
        stage.awaitHostState(host, "active", LIMIT);
        guest.mustRunOn(stage.other(host));
        return String.format(
                Locale.ROOT,
                "watchdog stopped the host after %.1f s; %s; writes up to %d kept",
                stopped,
                times,
                acknowledged);
    }
}
