package lpm.systemtests.explore;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Faults of one kind; each makes examples of itself. */
public enum FaultFamily {
    delay,
    duplicate,
    crash,
    kafka,
    pool,
    link,
    disks,
    agent,
    power,
    fence,
    clock,
    copy,
    republish,
    rebalance,
    conflict,
    guest;

    /** The steps of one example. */
    List<String> example(Random random) {
        List<String> all = all(random);
        return switch (this) {
            case copy, guest, fence -> all;
            default -> List.of(all.get(random.nextInt(all.size())));
        };
    }

    private List<String> all(Random random) {
        return switch (this) {
            case delay ->
                List.of(
                        "delay " + Pick.number(random, 20, 800) + " " + Pick.seconds(random, 5, 30),
                        "stall " + Pick.topic(random) + " " + Pick.seconds(random, 1, 20));
            case duplicate -> List.of("duplicate " + Pick.number(random, 5, 40) + " " + Pick.seconds(random, 5, 40));
            case crash ->
                List.of(
                        "crash " + Pick.service(random) + " " + Pick.seconds(random, 0, 20),
                        "on " + Pick.ownEvent(random, " crash ") + " " + Pick.seconds(random, 0, 8),
                        "once-published " + Pick.ownEvent(random, " crash ") + " " + Pick.seconds(random, 0, 8),
                        "on " + Pick.event(random) + " crash " + Pick.service(random) + " "
                                + Pick.seconds(random, 0, 8));
            case kafka ->
                List.of(
                        "cut-kafka " + Pick.host(random) + " " + Pick.seconds(random, 1, 60),
                        "on migration.HandoverOpened cut-kafka source " + Pick.seconds(random, 60, 90),
                        "lose-acks " + Pick.host(random) + " " + Pick.seconds(random, 1, 30),
                        "lose-telemetry " + Pick.number(random, 10, 60) + " " + Pick.seconds(random, 5, 60));
            case republish -> List.of("republish " + Pick.service(random) + " " + Pick.number(random, 1, 60));
            case rebalance -> List.of("rewind " + Pick.service(random) + " " + Pick.number(random, 1, 20));
            case conflict ->
                List.of(
                        "conflict " + Pick.number(random, 5, 50) + " " + Pick.seconds(random, 5, 60),
                        "slow-commit " + Pick.number(random, 5, 50) + " " + Pick.seconds(random, 5, 60));
            default -> ofHosts(random);
        };
    }

    private List<String> ofHosts(Random random) {
        return switch (this) {
            case pool -> List.of("cut-pool " + Pick.host(random) + " " + Pick.seconds(random, 1, 60));
            case link ->
                List.of(
                        "when " + Pick.phase(random) + " cut-link source target " + Pick.seconds(random, 1, 60),
                        "cut-link h1 " + Pick.of(random, "h2", "h3") + " " + Pick.seconds(random, 1, 60));
            case disks ->
                List.of(
                        "slow-disks " + Pick.host(random) + " " + Pick.seconds(random, 1, 10) + " "
                                + Pick.seconds(random, 5, 60),
                        "lose-disk-answers " + Pick.host(random) + " " + Pick.seconds(random, 1, 20));
            case agent ->
                List.of(
                        "kill-agent " + Pick.host(random) + " " + Pick.seconds(random, 0, 60),
                        "when " + Pick.phase(random) + " kill-agent " + Pick.end(random) + " "
                                + Pick.seconds(random, 0, 40),
                        "on migration.HandoverCommitted kill-agent target " + Pick.seconds(random, 0, 20),
                        "on " + Pick.event(random) + " kill-agent " + Pick.host(random) + " "
                                + Pick.seconds(random, 0, 5));
            case power ->
                List.of(
                        "power-off " + Pick.host(random) + " " + Pick.seconds(random, 1, 120),
                        "when " + Pick.phase(random) + " power-off " + Pick.end(random) + " "
                                + Pick.seconds(random, 1, 120));
            case fence -> fences(random);
            case clock ->
                List.of("skew " + Pick.host(random) + " " + Pick.of(random, "", "-") + Pick.seconds(random, 0, 40));
            case copy ->
                List.of(
                        "copy " + Pick.of(random, "prepare", "copy", "suspended", "lastPages", "received", "destroyed")
                                + " " + Pick.of(random, "loseReply", "loseReply", "stall", "abandon", "cutLink"),
                        "migrate " + Pick.number(random, 1, 6));
            case guest ->
                List.of(
                        "stop-guest " + Pick.number(random, 1, 6) + " " + Pick.of(random, "crash", "guest"),
                        "deaf " + Pick.number(random, 1, 6));
            default -> throw new IllegalStateException(this + " is not about hosts");
        };
    }

    /** A host is declared dead, with its last words on their way, or with nobody left beside it. */
    private static List<String> fences(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> List.of("fence " + Pick.host(random));
            case 1 -> {
                String host = Pick.host(random);
                yield List.of(
                        "late " + host + " " + Pick.seconds(random, 40, 80), "on host.InventoryReported fence " + host);
            }
            case 2 ->
                List.of(
                        "on scheduler.HostFenced on scheduler.HostFenced fence h1",
                        "power-off h2 " + Pick.seconds(random, 60, 120),
                        "power-off h3 " + Pick.seconds(random, 60, 120));
            default ->
                List.of(
                        "on scheduler.HostSuspected on scheduler.HostSuspected fence h1",
                        "cut-kafka h2 " + Pick.seconds(random, 30, 90),
                        "cut-kafka h3 " + Pick.seconds(random, 30, 90));
        };
    }

    /** Reads {@code all}, {@code none} or names separated by commas. */
    static Set<FaultFamily> parse(String text) {
        return switch (text) {
            case "all" -> EnumSet.allOf(FaultFamily.class);
            case "none" -> EnumSet.noneOf(FaultFamily.class);
            default -> {
                Set<FaultFamily> chosen = EnumSet.noneOf(FaultFamily.class);
                Arrays.stream(text.split(",")).forEach(each -> chosen.add(valueOf(each.strip())));
                yield chosen;
            }
        };
    }
}
