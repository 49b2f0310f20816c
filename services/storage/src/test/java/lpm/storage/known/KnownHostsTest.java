package lpm.storage.known;

import static lpm.storage.Some.A;
import static lpm.storage.Some.POOL;
import static lpm.storage.Some.REGION;
import static lpm.storage.Some.host;
import static lpm.storage.Some.knowing;
import static lpm.storage.Some.registered;
import static lpm.storage.Some.told;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lpm.contracts.scheduler.HostEvent.HostFenced;
import lpm.contracts.scheduler.HostEvent.HostSuspected;
import lpm.contracts.scheduler.HostEvent.HostTrusted;
import lpm.platform.rows.InMemoryRows;
import org.junit.jupiter.api.Test;

class KnownHostsTest {
    private final InMemoryRows rows = knowing(A);
    private final KnownHosts known = new KnownHosts();

    @Test
    void aSuspectedHostIsNotAskedToWorkUntilItIsHeardAgain() {
        known.note(told(new HostSuspected(A.host(), 1, 10_000), 1), rows);
        assertThat(KnownHosts.live("us-east", rows)).isEmpty();
        known.note(told(new HostTrusted(A.host(), 1), 2), rows);
        assertThat(KnownHosts.live("us-east", rows)).hasSize(1);
    }

    @Test
    void aFencedHostIsNotAskedUntilItIsRegisteredAnew() {
        known.note(told(new HostFenced(A, REGION, List.of()), 1), rows);
        known.note(told(new HostTrusted(A.host(), 1), 2), rows);
        assertThat(KnownHosts.live("us-east", rows)).isEmpty();
        known.note(told(registered(host("a", 2), List.of(POOL)), 3), rows);
        assertThat(KnownHosts.live("us-east", rows))
                .extracting(KnownHosts.Row::ref)
                .containsExactly(host("a", 2));
    }

    @Test
    void aSilentHostIsNotFenced() {
        known.note(told(new HostSuspected(A.host(), 1, 10_000), 1), rows);
        assertThat(KnownHosts.notFenced("us-east", rows)).hasSize(1);
        assertThat(KnownHosts.notFenced("eu-west", rows)).isEmpty();
        known.note(told(new HostFenced(A, REGION, List.of()), 2), rows);
        assertThat(KnownHosts.notFenced("us-east", rows)).isEmpty();
    }

    @Test
    void whatIsSaidOfAnOlderRegistrationIsIgnored() {
        known.note(told(registered(host("a", 2), List.of(POOL)), 1), rows);
        known.note(told(new HostSuspected(A.host(), 1, 10_000), 2), rows);
        assertThat(KnownHosts.live("us-east", rows)).hasSize(1);
        assertThat(KnownHosts.live("eu-west", rows)).isEmpty();
    }
}
