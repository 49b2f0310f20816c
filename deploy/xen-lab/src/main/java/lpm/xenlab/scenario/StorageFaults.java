package lpm.xenlab.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import lpm.local.Waiting;

/** Parts of Ceph fail under a guest that writes. */
final class StorageFaults {
    static final List<Scenario> SCENARIOS = List.of(
            Scenario.more("osd-killed-while-writing", StorageFaults::whileWriting),
            Scenario.more("osd-killed-in-mid-copy", StorageFaults::inMidCopy),
            Scenario.more("monitor-paused-while-writing", stage -> monitor(stage, false)),
            Scenario.more("monitor-paused-in-mid-copy", stage -> monitor(stage, true)));

    private static final Duration PAUSED = Duration.ofSeconds(10);

    private StorageFaults() {}

    private static String whileWriting(Stage stage) {
        Guest guest = stage.guest();
        long killed = System.nanoTime();
        stage.ceph().killOsd(0);
        guest.awaitWrites();
        double writes = DoubleRunWitness.seconds(System.nanoTime() - killed);
        guest.migrate().mustComplete();
        stage.ceph().startOsd(0);
        guest.awaitWrites();
        guest.mustHaveAllWrites();
        return String.format(
                Locale.ROOT,
                "writes went on within %.1f s (longest wait %.1f s); moved with one OSD less",
                writes,
                longestWait(stage, guest, killed));
    }

    private static String inMidCopy(Stage stage) {
        Guest guest = stage.guest();
        Move move = guest.migrate();
        move.awaitMidCopy();
        long killed = System.nanoTime();
        stage.ceph().killOsd(1);
        String end = move.mustEndWell();
        guest.mustHaveAllTicks();
        return end + String.format(Locale.ROOT, ", longest wait of a write %.1f s", longestWait(stage, guest, killed));
    }

    private static String monitor(Stage stage, boolean moving) {
        Guest guest = stage.guest();
        Move move = moving ? guest.migrate() : null;
        if (move != null) {
            move.awaitMidCopy();
        }
        long paused = System.nanoTime();
        stage.ceph().pauseMon();
        Waiting.nap(PAUSED);
        stage.ceph().resumeMon();
        String end = move == null ? "no move" : move.mustEndWell();
        guest.awaitWrites();
        guest.mustHaveAllTicks();
        return end + String.format(Locale.ROOT, ", longest wait of a write %.1f s", longestWait(stage, guest, paused));
    }

    private static double longestWait(Stage stage, Guest guest, long since) {
        long last = since;
        long longest = 0;
        for (var ack : stage.guests().heard(guest.address(), "ACK")) {
            if (ack.nanos() - since > 0) {
                longest = Math.max(longest, ack.nanos() - last);
                last = ack.nanos();
            }
        }
        return DoubleRunWitness.seconds(longest);
    }
}
