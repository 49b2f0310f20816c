package lpm.systemtests.explore;

import java.util.Random;

/** Chance, in words of scripts. */
final class Pick {
    private Pick() {}

    static String of(Random random, String... choice) {
        return choice[random.nextInt(choice.length)];
    }

    static int number(Random random, int from, int to) {
        return random.nextInt(from, to + 1);
    }

    static String seconds(Random random, int from, int to) {
        return "%d.%d".formatted(random.nextInt(from, to), 1 + random.nextInt(9));
    }

    static String host(Random random) {
        return of(random, "h1", "h2", "h3");
    }

    static String end(Random random) {
        return of(random, "source", "target");
    }

    static String phase(Random random) {
        return of(random, "copying", "suspended", "received");
    }

    static String service(Random random) {
        return of(random, "scheduler", "scheduler", "migration", "migration", "storage", "account");
    }

    static String topic(Random random) {
        return of(
                random,
                "lpm.scheduler.events",
                "lpm.migration.events",
                "lpm.migration.commands",
                "lpm.storage.events",
                "lpm.storage.commands",
                "lpm.host.commands.h1",
                "lpm.host.events.h2");
    }

    /** An event of a service, a verb, and that service. */
    static String ownEvent(Random random, String verb) {
        String event = event(random);
        while (event.startsWith("host.")) {
            event = event(random);
        }
        return event + verb + event.substring(0, event.indexOf('.'));
    }

    static String event(Random random) {
        return of(
                random,
                "migration.MigrationStarted",
                "migration.TargetStorageReady",
                "migration.HandoverOpened",
                "migration.TargetReceived",
                "migration.HandoverCommitted",
                "migration.MigrationCompleted",
                "migration.MigrationAborted",
                "scheduler.LinodeMoveRequested",
                "scheduler.LinodeMoved",
                "scheduler.LinodeBootRequested",
                "scheduler.LinodeLost",
                "scheduler.LinodeDeviceAttachRequested",
                "scheduler.HostFenceRequested",
                "storage.MovePrepared",
                "storage.FenceRequested",
                "storage.VolumeDetachRequested",
                "host.SourceReleased",
                "host.LinodeReceived",
                "host.LinodeResumed",
                "host.DeviceDetached");
    }
}
