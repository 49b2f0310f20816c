package lpm.hostagent.hypervisor.xen;

/** What the migration link carries: as configured, then as the host's own migrations show it. */
final class LinkSpeed {
    private static final double WEIGHT_OF_NEWEST = 0.5;

    private double mibPerSecond;

    LinkSpeed(double configured) {
        this.mibPerSecond = configured;
    }

    synchronized double mibPerSecond() {
        return mibPerSecond;
    }

    /** A migration sent so much in so long. */
    synchronized void saw(double mib, double seconds) {
        if (mib > 0 && seconds > 0) {
            mibPerSecond += WEIGHT_OF_NEWEST * (mib / seconds - mibPerSecond);
        }
    }
}
