package lpm.contracts;

/**
 * Which event a command follows from: the deciding aggregate and a number that only grows along that aggregate's stream
 * (event sequence times 64 plus the command's index). A receiver that has seen a number of one cause ignores all lower
 * or equal ones: this is the "command number per Linode and sending service" of the architecture (2.7).
 */
public record Cause(String service, String aggregateId, long number) {
    /** Commands one event may cause at most, so that numbers never collide. */
    public static final int MAX_COMMANDS_PER_EVENT = 64;

    /** The cause of the {@code index}-th command that follows from an event. */
    public static Cause of(String service, String aggregateId, long sequence, int index) {
        if (index < 0 || index >= MAX_COMMANDS_PER_EVENT) {
            throw new IllegalArgumentException(
                    "one event may cause at most " + MAX_COMMANDS_PER_EVENT + " commands, found index " + index);
        }
        return new Cause(service, aggregateId, sequence * MAX_COMMANDS_PER_EVENT + index);
    }

    /** The key under which a receiver remembers the highest number. */
    public String stream() {
        return service + "/" + aggregateId;
    }
}
