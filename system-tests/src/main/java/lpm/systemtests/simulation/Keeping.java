package lpm.systemtests.simulation;

/** The rules by which a service's process survives crashes and repeated delivery, as the platform has them. */
public interface Keeping {
    /** The platform's own. */
    Keeping EXACT = new Keeping() {};

    /** Whether a record is one that was heard before. */
    default boolean isDuplicate(long number, long last) {
        return number <= last;
    }

    /** Whether the relay moves its position only after everything is published. */
    default boolean publishesFirst() {
        return true;
    }

    /** Whether a record's position is kept in the transaction of its effect, and not before it. */
    default boolean positionWithEffect() {
        return true;
    }

    /** Whether reminders outlive the process. */
    default boolean keepsReminders() {
        return true;
    }
}
