package lpm.systemtests.simulation;

/** The rules by which a service's process loses nothing and does nothing twice, as the platform has them. */
public interface Keeping {
    /** The platform's own. */
    Keeping EXACT = new Keeping() {};

    /** Whether a record is one that was heard before. */
    default boolean isDuplicate(long number, long last) {
        return number <= last;
    }

    /** How far the relay publishes: what comes behind a transaction that is still open waits for it. */
    default int relayTo(int firstOpen, int end) {
        return Math.min(firstOpen, end);
    }

    /** Whether the relay's position is kept before anything is published. */
    default boolean positionFirst() {
        return false;
    }
}
