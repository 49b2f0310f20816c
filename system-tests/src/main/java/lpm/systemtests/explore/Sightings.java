package lpm.systemtests.explore;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import lpm.contracts.Envelope;
import lpm.contracts.HostId;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;
import lpm.contracts.host.HostReport;
import lpm.contracts.migration.MigrationEvent;
import lpm.contracts.scheduler.HostEvent;
import lpm.contracts.scheduler.LinodeEvent;
import lpm.hostagent.simulated.XenControl.HostFigures;
import lpm.systemtests.simulation.Cell;
import lpm.systemtests.simulation.Tally;

/** What a good run must have met at some time. What nobody met was not proved to be survived. */
final class Sightings {
    private static final String SOURCE_AGENT = "the source's agent died in the hand-over window";
    private static final String TARGET_AGENT = "the target's agent died in the hand-over window";
    private static final String SOURCE_POWER = "the source lost power in the hand-over window";
    private static final String TARGET_POWER = "the target lost power in the hand-over window";
    private static final String MIGRATION_CRASH = "the migration service crashed in the hand-over window";
    private static final String AFTER_COMMIT = "the target's agent died between commit and resume";
    private static final String LOST_RELEASE = "a SourceReleased was lost, and absence committed";
    private static final String FENCE_COMMIT = "a fence of the source committed a hand-over";
    private static final String LEASE_RAN_OUT = "a lease ran out while the agent was stopped";
    private static final String FROZEN_RAN_ON = "guests stood by the watchdog and ran on";
    private static final String RETURNED = "a fenced host came back";
    private static final String DELETE_IN_MOVE = "a Linode was deleted during its migration";
    static final String BEGUN = "a migration began";
    static final String COMPLETED = "a migration completed";
    static final String ABORTED = "a migration was aborted";
    static final String LOST = "a migration was lost";
    private static final Map<String, String> EVENTS = Map.ofEntries(
            Map.entry("migration.MigrationStarted", BEGUN),
            Map.entry("migration.MigrationCompleted", COMPLETED),
            Map.entry("migration.MigrationAborted", ABORTED),
            Map.entry("migration.MigrationLost", LOST),
            Map.entry("migration.MigrationUnknown", "a migration's outcome was unknown for a while"),
            Map.entry("migration.MigrationCancelRequested", "a migration was asked to stop"),
            Map.entry("scheduler.HostFenced", "a host was fenced"),
            Map.entry("scheduler.HostFenceRefused", "a fence was refused because the lease was fresh"),
            Map.entry("scheduler.StaleReportRejected", "a report of an old registration was rejected"),
            Map.entry("scheduler.LinodeLost", "a Linode lost its host"),
            Map.entry("scheduler.LinodeHostGone", "recovery waited for an open migration"),
            Map.entry("scheduler.LinodeRecoveryPlaced", "a Linode was recovered"),
            Map.entry("scheduler.LinodeQueried", "a silent step was asked about"),
            Map.entry("scheduler.LinodeDeviceQueued", "a volume waited for a job"),
            Map.entry("scheduler.LinodePlacementFailed", "no host had room"),
            Map.entry("scheduler.LinodeReplaced", "an offline Linode got another host"),
            Map.entry("scheduler.DrainBlocked", "a drain was blocked"),
            Map.entry("scheduler.DrainCompleted", "a drain completed"),
            Map.entry("storage.FenceDelayed", "a fence waited for a host to work on it"),
            Map.entry("host.SecretReceived", "a host received a secret"),
            Map.entry("host.CommandRefused", "an agent refused an order"),
            Map.entry("account.TokenRevoked", "a token was revoked"));

    /** Everything that is looked for. */
    static final List<String> ALL = all();

    private final Cell cell;
    private final Map<MigrationId, MigrationEvent.HandoverOpened> windows = new HashMap<>();
    private final Map<MigrationId, HostId> resuming = new HashMap<>();
    private final Set<HostId> fenced = new HashSet<>();
    private final Set<HostId> frozen = new HashSet<>();

    Sightings(Cell cell) {
        this.cell = cell;
        cell.onFact(this::see);
    }

    private static List<String> all() {
        Set<String> names = new java.util.TreeSet<>(EVENTS.values());
        names.addAll(List.of(
                SOURCE_AGENT, TARGET_AGENT, SOURCE_POWER, TARGET_POWER, MIGRATION_CRASH, AFTER_COMMIT, LOST_RELEASE));
        names.addAll(List.of(FENCE_COMMIT, LEASE_RAN_OUT, FROZEN_RAN_ON, RETURNED, DELETE_IN_MOVE));
        names.addAll(List.of(
                Tally.DUPLICATE,
                Tally.IGNORED,
                Tally.CONFLICT,
                Tally.SLOW_COMMIT,
                Tally.EXPIRED,
                Tally.CRASH_BEFORE_RELAY,
                Tally.CRASH_IN_RELAY,
                Tally.CRASH_WITH_REMINDERS,
                Tally.REWOUND,
                Tally.REPUBLISHED,
                Tally.UNREPORTED));
        return List.copyOf(names);
    }

    void hit(String what) {
        cell.tally().hit(what);
    }

    /** How often each was met. */
    Map<String, Long> counts() {
        return new TreeMap<>(cell.tally().counts());
    }

    private void see(Envelope<?> fact) {
        String known = EVENTS.get(fact.type());
        if (known != null) {
            hit(known);
        }
        switch (fact.data()) {
            case MigrationEvent event -> see(event);
            case HostEvent.HostFenced event -> fenced.add(event.fenced().host());
            case HostEvent.HostRegistered event -> {
                if (fenced.remove(event.host())) {
                    hit(RETURNED);
                }
            }
            case HostReport.CommandRefused report when report.reason().startsWith("expired") -> hit(Tally.EXPIRED);
            case LinodeEvent.LinodeDeletionRequested event ->
                event.openMigration().ifPresent(_ -> hit(DELETE_IN_MOVE));
            default -> {
                // its name says enough
            }
        }
    }

    private void see(MigrationEvent event) {
        switch (event) {
            case MigrationEvent.HandoverOpened opened -> windows.put(opened.migration(), opened);
            case MigrationEvent.HandoverCommitted committed -> {
                windows.remove(committed.migration());
                resuming.put(committed.migration(), committed.target().host());
                if (committed.because().equals("source absent")) {
                    hit(LOST_RELEASE);
                } else if (committed.because().equals("source fenced")) {
                    hit(FENCE_COMMIT);
                }
            }
            case MigrationEvent.MigrationAborted aborted -> windows.remove(aborted.migration());
            case MigrationEvent.MigrationCompleted completed -> resuming.remove(completed.migration());
            case MigrationEvent.MigrationLost lost -> resuming.remove(lost.migration());
            default -> {
                // the window stays as it is
            }
        }
    }

    void agentKilled(HostId host) {
        inWindow(host, SOURCE_AGENT, TARGET_AGENT);
        if (resuming.containsValue(host)) {
            hit(AFTER_COMMIT);
        }
    }

    void poweredOff(HostId host) {
        inWindow(host, SOURCE_POWER, TARGET_POWER);
    }

    void crashed(String service) {
        if (service.equals("migration") && !windows.isEmpty()) {
            hit(MIGRATION_CRASH);
        }
    }

    private void inWindow(HostId host, String asSource, String asTarget) {
        windows.values().forEach(each -> {
            if (each.source().host().equals(host)) {
                hit(asSource);
            } else if (each.target().host().equals(host)) {
                hit(asTarget);
            }
        });
    }

    /** Looks at the hosts from time to time. */
    void look() {
        for (HostFigures each : cell.xen().figures()) {
            boolean agentUp = cell.host(each.host().value()).isUp();
            if (each.frozen() && frozen.add(each.host()) && !agentUp) {
                hit(LEASE_RAN_OUT);
            } else if (!each.frozen() && frozen.remove(each.host()) && each.powered()) {
                List<LinodeId> running = each.running();
                if (!running.isEmpty()) {
                    hit(FROZEN_RAN_ON);
                }
            }
        }
    }
}
