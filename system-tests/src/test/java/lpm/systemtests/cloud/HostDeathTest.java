package lpm.systemtests.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import lpm.local.Child;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(CloudExtension.class)
class HostDeathTest {

    @Test
    void theLinodesOfADeadHostRunElsewhereAndOnlyThere(Tenant tenant) {
        long linode = tenant.createRunning("survivor");
        String host = tenant.host(linode);
        Witness witness = Witness.of(tenant.cloud());
        witness.powerOff(host);

        tenant.await("the Linode elsewhere", () -> tenant.host(linode).equals(host), false);
        tenant.awaitStatus(linode, "running");
        List<JsonNode> story = tenant.events("linode/" + linode);
        assertThat(story)
                .extracting(each -> each.path("type").asText())
                .containsSubsequence(
                        "scheduler.LinodeLost", "scheduler.LinodeRecoveryPlaced", "scheduler.LinodeBootRequested");
        assertThat(tenant.events("fence/" + host))
                .extracting(each -> each.path("type").asText())
                .contains("storage.FenceConfirmed");

        witness.powerOn(host);
        tenant.awaitHost(host, "active");
        assertThat(witness.doubles()).isEmpty();
        assertThat(witness.hostsRunning(linode)).containsExactly(tenant.host(linode));
        tenant.delete(linode);
        tenant.awaitNothingHeld(host);
    }

    @Test
    void anAgentThatIsGoneForAWhileGetsItsHostSuspectedNotFenced(Tenant tenant) {
        long linode = tenant.createRunning("unheard");
        String host = tenant.host(linode);
        Child agent = tenant.cloud().agent(host);
        Witness witness = Witness.of(tenant.cloud());
        agent.halt();
        tenant.awaitHost(host, "suspected");
        assertThat(witness.hostsRunning(linode)).containsExactly(host);
        agent.start();
        tenant.awaitHost(host, "active");
        assertThat(tenant.status(linode)).isEqualTo("running");
        assertThat(witness.hostsRunning(linode)).containsExactly(host);
        tenant.delete(linode);
    }
}
