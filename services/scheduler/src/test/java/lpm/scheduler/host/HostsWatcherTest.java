package lpm.scheduler.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import lpm.contracts.Actor;
import lpm.contracts.Command;
import lpm.contracts.Envelope;
import lpm.contracts.HostId;
import lpm.contracts.HostRef;
import lpm.contracts.host.Telemetry.Heartbeat;
import lpm.platform.rows.InMemoryRows;
import lpm.scheduler.host.FleetHostCommand.NoteHeard;
import lpm.scheduler.host.FleetHostCommand.NoteSilent;
import lpm.scheduler.host.FleetHostCommand.RequestFence;
import lpm.scheduler.host.HostState.Standing;
import org.junit.jupiter.api.Test;

class HostsWatcherTest {
    private static final HostRef H1 = new HostRef(new HostId("h1"), 1);
    private static final HostRef H2 = new HostRef(new HostId("h2"), 1);

    private final InMemoryRows rows = new InMemoryRows();
    private final HostsWatcher watcher = new HostsWatcher();
    private final Set<HostRef> withoutLease = new HashSet<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    HostsWatcherTest() {
        standing(H1, Standing.trusted);
        standing(H2, Standing.trusted);
    }

    @Test
    void aHostIsSuspectedAfterTenSecondsOfSilenceAndNotBefore() {
        assertThat(run(2, H1, H2)).isEmpty();
        assertThat(run(9, H2)).isEmpty();
        assertThat(run(1, H2)).containsExactly(new NoteSilent(H1.host(), 1, 10_000));
    }

    @Test
    void aSuspectedHostIsACaseForStorageAfterThirtySeconds() {
        run(1, H1, H2);
        run(10, H2);
        standing(H1, Standing.suspected);
        assertThat(run(19, H2)).isEmpty();
        assertThat(run(1, H2)).containsExactly(new RequestFence(H1.host(), 1, false, "silent for 30 s"));
    }

    @Test
    void aSuspectedHostThatIsHeardAgainIsTrusted() {
        standing(H1, Standing.suspected);
        assertThat(run(1, H1, H2)).containsExactly(new NoteHeard(H1.host(), 1));
    }

    @Test
    void itsOwnStartIsSilenceOfNobody() {
        standing(H1, Standing.suspected);
        assertThat(run(9, H2)).isEmpty();
    }

    @Test
    void whenNobodyIsHeardNobodyIsSuspected() {
        run(1, H1, H2);
        assertThat(run(60)).isEmpty();
        assertThat(run(9, H2)).isEmpty();
        assertThat(run(2, H2)).containsExactly(new NoteSilent(H1.host(), 1, 10_000));
    }

    @Test
    void anOlderRegistrationsHeartbeatIsNotTheNewOnes() {
        run(1, H1, H2);
        standing(new HostRef(H1.host(), 2), Standing.trusted);
        run(1, H1, H2);
        assertThat(run(10, H1, H2)).contains(new NoteSilent(H1.host(), 2, 10_000));
    }

    @Test
    void aHostThatHasNotRegisteredIsNotWatched() {
        standing(new HostRef(H1.host(), 0), Standing.trusted);
        assertThat(run(60, H2)).isEmpty();
    }

    @Test
    void aHostThatHasNoLeaseIsSuspectedAndBecomesACaseForStorage() {
        run(1, H1, H2);
        withoutLease.add(H1);
        assertThat(run(9, H1, H2)).isEmpty();
        assertThat(run(1, H1, H2)).containsExactly(new NoteSilent(H1.host(), 1, 10_000));
        standing(H1, Standing.suspected);
        assertThat(run(19, H1, H2)).isEmpty();
        assertThat(run(1, H1, H2)).containsExactly(new RequestFence(H1.host(), 1, false, "without a lease for 30 s"));
        withoutLease.clear();
        assertThat(run(1, H1, H2)).containsExactly(new NoteHeard(H1.host(), 1));
    }

    @Test
    void whenAPoolIsAwayFromAWholeRegionNobodyThereIsSuspected() {
        HostRef elsewhere = new HostRef(new HostId("h3"), 1);
        standing(elsewhere, Standing.trusted, "eu-west");
        run(1, H1, H2, elsewhere);
        withoutLease.addAll(List.of(H1, H2));
        assertThat(run(60, H1, H2, elsewhere)).isEmpty();

        withoutLease.remove(H2);
        assertThat(run(10, H1, H2, elsewhere))
                .as("the pool is back at one host first")
                .isEmpty();
        assertThat(run(1, H1, H2, elsewhere)).containsExactly(new NoteSilent(H1.host(), 1, 10_000));
    }

    /** Lets seconds pass; these hosts are heard in each. */
    private List<Command> run(int seconds, HostRef... heard) {
        List<Command> commands = new ArrayList<>();
        for (int i = 0; i < seconds; i++) {
            now = now.plus(Duration.ofSeconds(1));
            for (HostRef host : heard) {
                watcher.hear(heartbeat(host));
            }
            commands = new ArrayList<>(watcher.look(now, rows));
        }
        return commands;
    }

    private void standing(HostRef host, Standing standing) {
        standing(host, standing, "us-east");
    }

    private void standing(HostRef host, Standing standing, String region) {
        String state = standing == Standing.trusted ? HostRow.ACTIVE : "suspected";
        String told = host.hostEpoch() == 0 ? "" : standing.name();
        rows.put(HostRow.TABLE, host.host().value(), FleetRows.row(host, region, state, told, null));
    }

    private Envelope<Heartbeat> heartbeat(HostRef host) {
        return new Envelope<>(
                UUID.randomUUID(),
                "host.Heartbeat",
                1,
                host.host().aggregateId(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                now,
                UUID.randomUUID(),
                null,
                Actor.host(host.host()),
                null,
                new Heartbeat(host, !withoutLease.contains(host), 0.1, 1024, List.of()));
    }
}
