package lpm.local;

import java.time.Duration;

/** How often a process has died in a row, and what follows from it. */
final class Deaths {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
    /** Having lived this long, the next death counts as the first one. */
    private static final Duration SETTLED = Duration.ofMinutes(1);

    /** Dying so often in a row by itself while somebody waits for it, it will not come. */
    private static final int HOPELESS = 5;

    private int inARow;
    private int own;
    private boolean onPurpose;

    /** The next one is somebody's purpose. */
    void expected() {
        onPurpose = true;
    }

    /** It has died after so long a life. */
    void count(Duration lived) {
        boolean settled = lived.compareTo(SETTLED) > 0;
        inARow = settled ? 1 : inARow + 1;
        if (onPurpose) {
            own = 0;
        } else {
            own = settled ? 1 : own + 1;
        }
        onPurpose = false;
    }

    /** How long to wait before it is started again. */
    Duration pause() {
        return pauseAfter(inARow);
    }

    static Duration pauseAfter(int deaths) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(deaths - 1, 10));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    boolean isHopeless() {
        return own >= HOPELESS;
    }

    int inARow() {
        return inARow;
    }
}
