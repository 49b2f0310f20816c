package lpm.xenlab.scenario;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import lpm.local.Waiting;
import lpm.xenlab.GuestWitness.Heard;

/** Hosts that lose their power. */
final class HostDeaths {
    static final List<Scenario> SCENARIOS = List.of(
            Scenario.usual("target-killed-in-mid-copy", HostDeaths::targetInMidCopy),
            Scenario.usual("host-powered-off-and-fenced", HostDeaths::poweredOff),
            Scenario.more("source-killed-in-mid-copy", HostDeaths::sourceInMidCopy),
            Scenario.more("source-killed-in-the-switch", HostDeaths::sourceInTheSwitch),
            Scenario.more("source-killed-after-the-commit", HostDeaths::sourceAfterCommit));

    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private HostDeaths() {}

    private static String targetInMidCopy(Stage stage) {
        Guest guest = stage.guest();
        Move move = guest.migrate();
        move.awaitMidCopy();
        long killed = System.nanoTime();
        stage.host(move.target()).powerOff();
        move.mustAbort();
        double aborted = DoubleRunWitness.seconds(System.nanoTime() - killed);
        Failed.unless(
                stage.witness().spans(guest.name(), killed).size() == 1,
                "that the guest runs on at " + move.source() + " without a break",
                stage.witness().spans(guest.name(), killed));
        long silence = guest.silence(killed).toMillis();
        stage.host(move.target()).powerOn();
        stage.host(move.target()).awaitReady();
        stage.awaitHostState(move.target(), "active", LIMIT);
        Move again = guest.migrateTo(move.target());
        again.mustComplete();
        return String.format(
                Locale.ROOT,
                "aborted %.1f s after the power went, longest silence of the guest %d ms; then %s",
                aborted,
                silence,
                again.figures());
    }

    /** The memory is lost with the source: fenced, the move ends, the Linode starts anew at the other host. */
    private static String sourceInMidCopy(Stage stage) {
        Guest guest = stage.guest();
        Move move = guest.migrate();
        move.awaitMidCopy();
        Instant off = Instant.now();
        long offNanos = System.nanoTime();
        stage.host(move.source()).powerOff();
        Fate fate = Fate.of(stage, move.source(), off);
        move.mustEnd("aborted");
        guest.mustRunOn(move.target());
        guest.mustHaveAllWrites();
        String times = fate.times(stage, guest, offNanos);
        comesBack(stage, guest, move.source());
        return times;
    }

    /** The target may have all of it: then it is resumed once the source is fenced; otherwise it starts anew there. */
    private static String sourceInTheSwitch(Stage stage) {
        Guest guest = stage.guest();
        Move move = guest.migrate();
        move.awaitSwitch();
        long offNanos = System.nanoTime();
        stage.host(move.source()).powerOff();
        String end = move.awaitEnd();
        guest.mustRunOn(move.target());
        double ran = DoubleRunWitness.seconds(System.nanoTime() - offNanos);
        guest.mustHaveAllWrites();
        comesBack(stage, guest, move.source());
        return String.format(Locale.ROOT, "%s; writes at the target within %.1f s", end, ran);
    }

    private static String sourceAfterCommit(Stage stage) {
        Guest guest = stage.guest();
        Move move = guest.migrate();
        move.awaitEvent("HandoverCommitted");
        Instant off = Instant.now();
        stage.host(move.source()).powerOff();
        move.mustComplete();
        guest.mustHaveAllWrites();
        long standstill = move.standstillMillis();
        stage.awaitEvent("fence/" + move.source(), "storage.FenceConfirmed", off, LIMIT);
        comesBack(stage, guest, move.source());
        return "completed; no copy could run for " + standstill + " ms";
    }

    static String poweredOff(Stage stage) {
        Guest guest = stage.guest();
        String host = guest.host();
        String other = stage.other(host);
        Instant off = Instant.now();
        long offNanos = System.nanoTime();
        stage.host(host).powerOff();
        long acknowledged = guest.acknowledged();
        Fate fate = Fate.of(stage, host, off);
        Optional<String> shutOut = stage.lab().pool().shutOut();
        Failed.unless(
                shutOut.isEmpty() || shutOut.get().contains(stage.host(host).address() + ":0/0"),
                stage.host(host).address() + " shut out by the pool",
                shutOut);
        Heard found = guest.foundAfter(offNanos);
        Failed.unless(
                found.number(1) >= acknowledged && found.number(2) == 0,
                "all writes up to " + acknowledged,
                "the last one " + found.number(1) + ", gaps " + found.number(2));
        guest.mustRunOn(other);
        String times = fate.times(stage, guest, offNanos);
        comesBack(stage, guest, host);
        return times;
    }

    /** A host that was shut out comes back under a newer epoch, is let in again, and leaves the Linode where it is. */
    static void comesBack(Stage stage, Guest guest, String host) {
        long epoch = epoch(stage, host);
        stage.host(host).powerOn();
        stage.host(host).awaitReady();
        stage.awaitHostState(host, "active", LIMIT);
        Failed.unless(
                epoch(stage, host) > epoch, "host " + host + " under a newer epoch than " + epoch, epoch(stage, host));
        Waiting.until("host " + host + " let in by the pool", LIMIT, PAUSE, () -> {
            String listed = stage.lab().pool().shutOut().orElse("");
            return listed.contains(stage.host(host).address() + ":0/0")
                    ? Waiting.Look.notYet(listed)
                    : Waiting.Look.ready(true);
        });
        guest.mustRunOn(stage.other(host));
        Failed.unless(
                stage.witness().flags(host, guest.name()).isEmpty(),
                "nothing of " + guest.name() + " on host " + host,
                stage.witness().flags(host, guest.name()));
    }

    static long epoch(Stage stage, String host) {
        return stage.operator().get("/ops/v1/hosts/" + host).path("host_epoch").asLong();
    }

    /** When what happened to a host that is gone, from the event streams. */
    record Fate(Instant off, Instant suspected, Instant requested, Instant confirmed) {

        /** Waits for it. */
        static Fate of(Stage stage, String host, Instant off) {
            Instant suspected = stage.awaitEvent("host/" + host, "scheduler.HostSuspected", off, LIMIT);
            Instant requested = stage.awaitEvent("fence/" + host, "storage.FenceRequested", off, LIMIT);
            Instant confirmed = stage.awaitEvent("fence/" + host, "storage.FenceConfirmed", off, LIMIT);
            return new Fate(off, suspected, requested, confirmed);
        }

        String times(Stage stage, Guest guest, long offNanos) {
            List<Span> runs = stage.witness().spans(guest.name(), offNanos);
            double running = runs.isEmpty()
                    ? Double.NaN
                    : DoubleRunWitness.seconds(runs.getLast().fromNanos() - offNanos);
            Instant booted = stage.awaitEvent("linode/" + guest.id(), "scheduler.LinodeBooted", confirmed, LIMIT);
            return String.format(
                    Locale.ROOT,
                    "power off -> suspected %.1f -> fence requested %.1f -> confirmed %.1f -> runs elsewhere %.1f"
                            + " -> LinodeBooted %.1f s; silence of the guest %.1f s",
                    after(suspected),
                    after(requested),
                    after(confirmed),
                    running,
                    after(booted),
                    guest.silence(offNanos).toMillis() / 1000.0);
        }

        private double after(Instant when) {
            return Duration.between(off, when).toMillis() / 1000.0;
        }
    }
}
