package lpm.hostagent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import lpm.contracts.HostId;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.host.HostCommand;
import lpm.contracts.host.HostReport;
import lpm.contracts.host.HostReport.LeaseFresh;
import lpm.contracts.host.HostReport.LeaseRevoked;
import lpm.hostagent.simulated.Run;
import org.junit.jupiter.api.Test;

class LeaseTest {
    private static final HostId H1 = HostId.of("h1");
    private static final Duration W = Duration.ofSeconds(20);
    private static final Duration R = Duration.ofSeconds(30);

    private final World world = new World("h1", "h2").ready();

    @Test
    void theWatchdogPausesDomainsWithinRAfterTheLastRenewalAndResumesThemOnTheNext() {
        world.boot("h1", 1, 1);
        world.xen.cutPool(H1);
        Instant cut = world.now();
        world.run(Duration.ofSeconds(17));
        assertThat(lastRun().until()).isEmpty();
        world.run(Duration.ofSeconds(5));
        assertThat(Duration.between(cut, lastRun().until().orElseThrow())).isLessThanOrEqualTo(W);
        world.xen.healPool(H1);
        world.run(Duration.ofSeconds(4));
        assertThat(lastRun().until()).isEmpty();
        assertThat(world.facts("h1", HostReport.HostAnnounced.class)).hasSize(1);
    }

    @Test
    void nothingIsStartedUnderALeaseThatIsNotFresh() {
        world.boot("h1", 1, 1);
        world.order(new HostCommand.ShutdownLinode(world.at("h1"), new LinodeId(1), 1, 5));
        world.await("h1", HostReport.LinodeStopObserved.class);
        world.xen.cutPool(H1);
        world.run(Duration.ofSeconds(25));
        world.order(new HostCommand.BootLinode(world.at("h1"), new LinodeId(1), 1, World.spec(1, 1)));
        world.run(Duration.ofSeconds(5));
        assertThat(world.facts("h1", HostReport.LinodeBootObserved.class)).hasSize(1);
        assertThat(lastRun().until()).isPresent();
    }

    @Test
    void aHostThatRenewsIsNotFenced() {
        HostRef host = world.at("h1");
        world.order(new HostCommand.RevokeLease(world.at("h2"), World.POOL, host, W.toMillis()));
        assertThat(world.await("h2", LeaseFresh.class).unrenewedForMillis()).isLessThanOrEqualTo(2_100);
        world.run(Duration.ofSeconds(30));
        assertThat(world.at("h1")).isEqualTo(host);
    }

    @Test
    void aFencedHostStopsItsDomainsBeforeRAndComesBackEmptyAsANewIncarnation() {
        world.boot("h1", 1, 1);
        HostRef old = world.at("h1");
        world.xen.cutPool(H1);
        Instant cut = world.now();
        world.run(Duration.ofSeconds(22));
        world.order(new HostCommand.RevokeLease(world.at("h2"), World.POOL, old, W.toMillis()));
        assertThat(world.await("h2", LeaseRevoked.class).unrenewedForMillis()).isGreaterThanOrEqualTo(W.toMillis());
        assertThat(Duration.between(cut, lastRun().until().orElseThrow())).isLessThan(R);
        world.xen.healPool(H1);
        world.run(Duration.ofSeconds(6));
        assertThat(world.at("h1").hostEpoch()).isGreaterThan(old.hostEpoch());
        assertThat(world.facts("h1", HostReport.InventoryReported.class)
                        .getLast()
                        .domains())
                .isEmpty();
        assertThat(world.xen.runs()).hasSize(1);
        world.boot("h2", 1, 2);
        assertThat(world.xen.doubles()).isEmpty();
    }

    @Test
    void anOperatorCanHaveALivingHostFenced() {
        world.boot("h1", 1, 1);
        world.stopAdopting();
        world.order(new HostCommand.RevokeLease(world.at("h2"), World.POOL, world.at("h1"), 0));
        world.await("h2", LeaseRevoked.class);
        world.run(Duration.ofSeconds(3));
        assertThat(lastRun().until()).isPresent();
        assertThat(world.host("h1").agent().isReady()).isFalse();
        assertThat(world.facts("h1", HostReport.HostAnnounced.class)).hasSize(2);
    }

    @Test
    void aHostWhoseAgentIsDeadIsStoppedByItsWatchdogAndGoesOnWhenTheAgentIsBack() {
        world.boot("h1", 1, 1);
        world.kill("h1");
        world.run(Duration.ofSeconds(25));
        assertThat(lastRun().until()).isPresent();
        world.restart("h1");
        world.run(Duration.ofSeconds(1));
        assertThat(lastRun().until()).isEmpty();
    }

    @Test
    void aHostWhoseAgentCanNoteNothingDownKeepsItsDomainsAndCarriesOutNothing() {
        world.boot("h1", 1, 1);
        HostRef before = world.at("h1");
        world.fill("h1", true);
        world.order(new HostCommand.ShutdownLinode(before, new LinodeId(1), 1, 5));
        world.run(W.multipliedBy(3));
        assertThat(lastRun().until()).isEmpty();
        world.fill("h1", false);
        world.await("h1", HostReport.LinodeStopObserved.class);
        assertThat(world.at("h1")).isEqualTo(before);
    }

    private Run lastRun() {
        return world.xen.runs().getLast();
    }
}
