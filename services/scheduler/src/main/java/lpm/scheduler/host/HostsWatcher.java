package lpm.scheduler.host;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import lpm.contracts.Command;
import lpm.contracts.Envelope;
import lpm.contracts.HostRef;
import lpm.contracts.host.Telemetry.Heartbeat;
import lpm.platform.Lookup;
import lpm.platform.Query;
import lpm.platform.Watcher;
import lpm.scheduler.host.FleetHostCommand.NoteHeard;
import lpm.scheduler.host.FleetHostCommand.NoteSilent;
import lpm.scheduler.host.FleetHostCommand.RequestFence;
import lpm.scheduler.host.HostState.Standing;

/**
 * Hears the hosts' heartbeats. One that says that the host has no lease is no sign of life: its guests stand still, or
 * soon will. Heartbeats are soft state: after a restart it knows nothing, so that nobody counts as silent before a
 * whole silence has passed since. When nobody in a region is heard, it is we who are deaf, or the pool is away from
 * all of them, and nobody there is suspected.
 */
public final class HostsWatcher implements Watcher {
    /** Time between two looks. */
    static final Duration INTERVAL = Duration.ofSeconds(1);

    /** So long without a heartbeat makes a host suspected. */
    static final Duration SILENCE = Duration.ofSeconds(10);

    /** So long without a heartbeat makes a suspected host a case for storage. */
    static final Duration FENCE_AFTER = SILENCE.plusSeconds(20);

    /** So long without any heartbeat of a region's hosts means that we hear nothing from there. */
    static final Duration DEAF_AFTER = Duration.ofSeconds(5);

    private final Set<HostRef> heardSinceLook = new HashSet<>();
    private final Set<HostRef> withoutLease = new HashSet<>();
    private final Map<HostRef, Instant> lastHeard = new HashMap<>();
    private final Map<String, Instant> lastOfRegion = new HashMap<>();

    @Override
    public Duration interval() {
        return INTERVAL;
    }

    @Override
    public synchronized void hear(Envelope<?> telemetry) {
        if (telemetry.data() instanceof Heartbeat heartbeat) {
            if (heartbeat.leaseHeld()) {
                heardSinceLook.add(heartbeat.by());
                withoutLease.remove(heartbeat.by());
            } else {
                withoutLease.add(heartbeat.by());
            }
        }
    }

    @Override
    public synchronized List<Command> look(Instant now, Lookup rows) {
        List<HostRow> all = rows.find(HostRow.TABLE, Query.all(), HostRow.class);
        Set<HostRef> known = all.stream().map(HostRow::ref).collect(Collectors.toSet());
        withoutLease.retainAll(known);
        lastHeard.keySet().retainAll(known);
        List<Command> commands = new ArrayList<>();
        all.stream()
                .collect(Collectors.groupingBy(HostRow::region, TreeMap::new, Collectors.toList()))
                .forEach((region, hosts) -> look(now, region, hosts, commands));
        heardSinceLook.clear();
        return commands;
    }

    private void look(Instant now, String region, List<HostRow> hosts, List<Command> commands) {
        if (hosts.stream().noneMatch(each -> heardSinceLook.contains(each.ref()))) {
            return;
        }
        Instant before = lastOfRegion.put(region, now);
        if (before == null || Duration.between(before, now).compareTo(DEAF_AFTER) >= 0) {
            hosts.forEach(each -> lastHeard.remove(each.ref()));
        }
        for (HostRow host : hosts) {
            if (host.hostEpoch() > 0 && !host.state().equals(HostRow.FENCED)) {
                judge(now, host, commands);
            }
        }
    }

    private void judge(Instant now, HostRow host, List<Command> commands) {
        HostRef ref = host.ref();
        boolean isHeard = heardSinceLook.contains(ref);
        if (isHeard) {
            lastHeard.put(ref, now);
        }
        Duration silent = Duration.between(lastHeard.computeIfAbsent(ref, _ -> now), now);
        switch (Standing.valueOf(host.standing())) {
            case trusted -> {
                if (silent.compareTo(SILENCE) >= 0) {
                    commands.add(new NoteSilent(ref.host(), ref.hostEpoch(), silent.toMillis()));
                }
            }
            case suspected -> {
                if (silent.compareTo(FENCE_AFTER) >= 0) {
                    String how = withoutLease.contains(ref) ? "without a lease" : "silent";
                    String because = how + " for " + silent.toSeconds() + " s";
                    commands.add(new RequestFence(ref.host(), ref.hostEpoch(), false, because));
                } else if (isHeard) {
                    commands.add(new NoteHeard(ref.host(), ref.hostEpoch()));
                }
            }
            case spared -> {
                if (isHeard) {
                    commands.add(new NoteHeard(ref.host(), ref.hostEpoch()));
                }
            }
            case fencing, condemned -> {
                // storage has the word
            }
        }
    }
}
