package lpm.hostagent.hypervisor.xen;

import lpm.hostagent.hypervisor.PreCopy;

/** How fast this host sends: as configured, then as its own migrations show it. Predictions are made from it. */
final class Pace {
    private static final double WEIGHT_OF_NEWEST = 0.5;
    private static final double MILLIS = 1e3;

    private double mibPerSecond;
    private double switchMillis = PreCopy.SWITCH_MILLIS;

    Pace(double configuredMibPerSecond) {
        this.mibPerSecond = configuredMibPerSecond;
    }

    synchronized double mibPerSecond() {
        return mibPerSecond;
    }

    /** What a switch-over takes beside sending the last pages, in ms. */
    synchronized long switchMillis() {
        return Math.round(switchMillis);
    }

    /**
     * A migration went well.
     *
     * @param sentMib what left the host while the guest ran
     * @param copySeconds how long that took
     * @param lastMib what is taken to have been left for the pause
     * @param pauseMillis the pause at this end
     */
    synchronized void saw(double sentMib, double copySeconds, double lastMib, long pauseMillis) {
        if (sentMib > 0 && copySeconds > 0) {
            mibPerSecond += WEIGHT_OF_NEWEST * (sentMib / copySeconds - mibPerSecond);
        }
        double switched = Math.max(0, pauseMillis - lastMib / mibPerSecond * MILLIS);
        switchMillis += WEIGHT_OF_NEWEST * (switched - switchMillis);
    }
}
