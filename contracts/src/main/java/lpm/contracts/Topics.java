package lpm.contracts;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** The Kafka topics, their partitions and how long they keep records. Partition counts never change afterwards. */
public final class Topics {
    public static final String ACCOUNT_EVENTS = "lpm.account.events";
    public static final String SCHEDULER_EVENTS = "lpm.scheduler.events";
    public static final String MIGRATION_COMMANDS = "lpm.migration.commands";
    public static final String MIGRATION_EVENTS = "lpm.migration.events";
    public static final String STORAGE_COMMANDS = "lpm.storage.commands";
    public static final String STORAGE_EVENTS = "lpm.storage.events";
    public static final String HOST_TELEMETRY = "lpm.host.telemetry";
    /** Soft state: account tells that it is alive and that its events are out (2.13, rule 9). */
    public static final String ACCOUNT_PULSE = "lpm.account.pulse";

    /**
     * The header that names the topic a record was written for, by the id which Kafka gives each topic when it is
     * made. A record that came into a later topic of the same name counts for nothing: it is published again in its
     * turn.
     */
    public static final String ID_HEADER = "topic-id";

    /** Matches the events topic of every host. */
    public static final Pattern HOST_EVENTS = Pattern.compile("lpm\\.host\\.events\\.[a-z0-9-]+");

    /** Matches the commands topic of every host. */
    public static final Pattern HOST_COMMANDS = Pattern.compile("lpm\\.host\\.commands\\.[a-z0-9-]+");

    /** How long orders are kept; what is older was dealt with, or never will be. */
    public static final Duration ORDERS_KEPT = Duration.ofDays(7);

    private static final Duration FOR_EVER = Duration.ofMillis(-1);

    private Topics() {}

    /** A topic's fixed shape; a negative {@code kept} means for ever. */
    public record Topic(String name, int partitions, Duration kept) {}

    /** The topics every cell has from the start; hosts add two each when they are enrolled. */
    public static List<Topic> fixed() {
        return List.of(
                new Topic(ACCOUNT_EVENTS, 12, FOR_EVER),
                new Topic(SCHEDULER_EVENTS, 24, FOR_EVER),
                new Topic(MIGRATION_COMMANDS, 12, ORDERS_KEPT),
                new Topic(MIGRATION_EVENTS, 12, FOR_EVER),
                new Topic(STORAGE_COMMANDS, 24, ORDERS_KEPT),
                new Topic(STORAGE_EVENTS, 24, FOR_EVER),
                new Topic(HOST_TELEMETRY, 24, Duration.ofHours(1)),
                new Topic(ACCOUNT_PULSE, 1, Duration.ofHours(1)),
                new Topic(parked("account"), 1, Duration.ofDays(30)),
                new Topic(parked("scheduler"), 1, Duration.ofDays(30)),
                new Topic(parked("migration"), 1, Duration.ofDays(30)),
                new Topic(parked("storage"), 1, Duration.ofDays(30)));
    }

    /** The two topics of one host: one partition each, so that a host's orders and reports have a total order. */
    public static List<Topic> ofHost(HostId host) {
        return List.of(new Topic(hostCommands(host), 1, ORDERS_KEPT), new Topic(hostEvents(host), 1, FOR_EVER));
    }

    /** Where a host reads its orders. */
    public static String hostCommands(HostId host) {
        return "lpm.host.commands." + host;
    }

    /** Where a host reports its facts. */
    public static String hostEvents(HostId host) {
        return "lpm.host.events." + host;
    }

    /** Where a service publishes its events. */
    public static String events(String service) {
        return "lpm." + service + ".events";
    }

    /** Where a service lays records aside that it cannot handle, with all later ones of the same key. */
    public static String parked(String service) {
        return "lpm." + service + ".parked";
    }
}
