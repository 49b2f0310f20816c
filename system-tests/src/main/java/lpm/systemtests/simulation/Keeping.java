package lpm.systemtests.simulation;

/** The rule by which a service's process survives repeated delivery, as the platform has it. */
public interface Keeping {
    /** The platform's own. */
    Keeping EXACT = new Keeping() {};

    /** Whether a record is one that was heard before. */
    default boolean isDuplicate(long number, long last) {
        return number <= last;
    }
}
