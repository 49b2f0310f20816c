package lpm.scheduler.host;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
import org.jspecify.annotations.Nullable;

/**
 * Hears the hosts' heartbeats. They are soft state: after a restart it knows nothing, so that nobody counts as silent
 * before a whole silence has passed since. When nobody at all is heard, it is we who are deaf, and nobody is suspected.
 */
public final class HostsWatcher implements Watcher {
    /** Time between two looks. */
    static final Duration INTERVAL = Duration.ofSeconds(1);

    /** So long without a heartbeat makes a host suspected. */
    static final Duration SILENCE = Duration.ofSeconds(10);

    /** So long without a heartbeat makes a suspected host a case for storage. */
    static final Duration FENCE_AFTER = SILENCE.plusSeconds(20);

    /** So long without any heartbeat of any host means that we hear nothing. */
    static final Duration DEAF_AFTER = Duration.ofSeconds(5);

    private final Set<HostRef> heardSinceLook = new HashSet<>();
    private Map<HostRef, Instant> lastHeard = new HashMap<>();
    private @Nullable Instant lastAny;

    @Override
    public Duration interval() {
        return INTERVAL;
    }

    @Override
    public synchronized void hear(Envelope<?> telemetry) {
        if (telemetry.data() instanceof Heartbeat heartbeat) {
            heardSinceLook.add(heartbeat.by());
        }
    }

    @Override
    public synchronized List<Command> look(Instant now, Lookup rows) {
        if (heardSinceLook.isEmpty()) {
            return List.of();
        }
        if (lastAny == null || Duration.between(lastAny, now).compareTo(DEAF_AFTER) >= 0) {
            lastHeard.clear();
        }
        lastAny = now;
        heardSinceLook.forEach(each -> lastHeard.put(each, now));
        List<Command> commands = judge(now, rows.find(HostRow.TABLE, Query.all(), HostRow.class));
        heardSinceLook.clear();
        return commands;
    }

    private List<Command> judge(Instant now, List<HostRow> hosts) {
        List<Command> commands = new ArrayList<>();
        Map<HostRef, Instant> known = new HashMap<>();
        for (HostRow host : hosts) {
            if (host.hostEpoch() == 0 || host.state().equals("fenced")) {
                continue;
            }
            Instant heard = lastHeard.getOrDefault(host.ref(), now);
            known.put(host.ref(), heard);
            Duration silent = Duration.between(heard, now);
            judge(host, silent, heardSinceLook.contains(host.ref()), commands);
        }
        lastHeard = known;
        return commands;
    }

    private static void judge(HostRow host, Duration silent, boolean isHeard, List<Command> commands) {
        HostRef ref = host.ref();
        switch (Standing.valueOf(host.standing())) {
            case trusted -> {
                if (silent.compareTo(SILENCE) >= 0) {
                    commands.add(new NoteSilent(ref.host(), ref.hostEpoch(), silent.toMillis()));
                }
            }
            case suspected -> {
                if (silent.compareTo(FENCE_AFTER) >= 0) {
                    String because = "silent for " + silent.toSeconds() + " s";
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
