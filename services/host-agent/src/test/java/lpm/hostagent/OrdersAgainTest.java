package lpm.hostagent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import lpm.contracts.Envelope;
import lpm.contracts.LinodeId;
import lpm.contracts.host.HostCommand;
import lpm.contracts.host.HostReport;
import lpm.contracts.host.HostReport.LinodeStopObserved;
import org.junit.jupiter.api.Test;

/** A host's topic that was lost is filled again with all orders of the last days: the agent has dealt with most. */
class OrdersAgainTest {
    private static final LinodeId ONE = new LinodeId(1);

    private final World world = new World("h1").ready();

    @Test
    void anAdoptionThatIsHeardAgainDisturbsNothingUnderWay() {
        world.boot("h1", 1, 1);
        world.xen.ignoreShutdown(ONE);
        world.order(new HostCommand.ShutdownLinode(world.at("h1"), ONE, 1, 3));
        world.run(Duration.ofSeconds(2));
        world.host("h1").commands.stream()
                .filter(each -> each.data() instanceof HostCommand.AdoptEpoch)
                .toList()
                .forEach(each -> world.deliver("h1", each));
        world.run(Duration.ofSeconds(2));
        assertThat(world.facts("h1", LinodeStopObserved.class)).hasSize(1);
    }

    @Test
    void whatWasDealtWithIsNotSaidAgain() {
        world.boot("h1", 1, 1);
        world.order(new HostCommand.ShutdownLinode(world.at("h1"), ONE, 1, 3));
        world.await("h1", LinodeStopObserved.class);
        List<HostReport> said = world.facts("h1");
        List<Envelope<?>> all = List.copyOf(world.host("h1").commands);
        all.forEach(each -> world.deliver("h1", each));
        world.run(Duration.ofSeconds(3));

        assertThat(world.facts("h1")).isEqualTo(said);
        assertThat(world.xen.runs()).hasSize(1);
    }
}
