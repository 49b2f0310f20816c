package lpm.systemtests.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** How bad things are just now between services: everything here may happen at any time in production too. */
public final class Weather {
    private static final int CALM_DELAY_MILLIS = 5;
    private static final int MAX_REPEATED = 3;
    private static final int MAX_OPEN_MILLIS = 500;

    private final Timeline timeline;
    private final Tally tally;
    private final Map<String, Instant> stalled = new HashMap<>();
    private int delayMillis = CALM_DELAY_MILLIS;
    private int duplicatePercent;
    private int conflictPercent;
    private int telemetryLossPercent;
    private int slowPercent;

    Weather(Timeline timeline, Tally tally) {
        this.timeline = timeline;
        this.tally = tally;
    }

    /** Every record takes up to so long: those of different lanes overtake each other. */
    public void delay(int millis) {
        delayMillis = millis;
    }

    /** So many of a hundred records are delivered again, with up to a few before them. */
    public void duplicate(int percent) {
        duplicatePercent = percent;
    }

    /** So many of a hundred transactions meet another writer and are done again from the start. */
    public void conflict(int percent) {
        conflictPercent = percent;
    }

    /** So many of a hundred transactions can be seen by others only after those that began later. */
    public void commitSlowly(int percent) {
        slowPercent = percent;
    }

    /** So many of a hundred beats are lost. */
    public void loseTelemetry(int percent) {
        telemetryLossPercent = percent;
    }

    /** Nothing of topics with this beginning is delivered for so long. */
    public void stall(String topics, Duration span) {
        stalled.put(topics, timeline.now().plus(span));
    }

    /** Everything is as it should be again. */
    public void calm() {
        delayMillis = CALM_DELAY_MILLIS;
        duplicatePercent = 0;
        conflictPercent = 0;
        telemetryLossPercent = 0;
        slowPercent = 0;
        stalled.clear();
    }

    Duration nextDelay(Lane lane) {
        Duration chance = Duration.ofMillis(1 + timeline.random().nextInt(delayMillis));
        Duration wait = stalled.entrySet().stream()
                .filter(each -> lane.topic().startsWith(each.getKey()))
                .map(each -> Duration.between(timeline.now(), each.getValue()))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        return wait.isPositive() ? wait.plus(chance) : chance;
    }

    /** How many records back the reader of a delivered one starts again; 0 for none. */
    int repeated() {
        if (!happens(duplicatePercent)) {
            return 0;
        }
        tally.hit(Tally.DUPLICATE);
        return 1 + timeline.random().nextInt(MAX_REPEATED);
    }

    boolean conflicts() {
        boolean met = happens(conflictPercent);
        if (met) {
            tally.hit(Tally.CONFLICT);
        }
        return met;
    }

    /** How long a transaction stays open to the eyes of others; nothing for most. */
    Duration openFor() {
        if (!happens(slowPercent)) {
            return Duration.ZERO;
        }
        tally.hit(Tally.SLOW_COMMIT);
        return Duration.ofMillis(2 + timeline.random().nextInt(MAX_OPEN_MILLIS));
    }

    boolean losesBeat() {
        return happens(telemetryLossPercent);
    }

    private boolean happens(int percent) {
        return percent > 0 && timeline.random().nextInt(100) < percent;
    }
}
