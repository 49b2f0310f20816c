package lpm.hostagent.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import lpm.contracts.HostId;
import lpm.contracts.LinodeId;
import lpm.contracts.host.DomainSeen;
import lpm.contracts.host.DomainSeen.State;
import lpm.contracts.host.HostReport.LinodeStopObserved.Cause;
import lpm.hostagent.hypervisor.Hypervisor;
import lpm.hostagent.hypervisor.HypervisorContract;
import lpm.hostagent.hypervisor.SendOutcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The model called in the same thread, on virtual time. */
class DirectHypervisorTest extends HypervisorContract {
    private final DirectModel model = new DirectModel();

    @AfterEach
    void neverTwoCopiesRan() {
        assertThat(model.xen.doubles()).isEmpty();
    }

    @Test
    void withTheSourcesLeaseItsCopyEndsAtBothEnds() {
        CompletionStage<SendOutcome> sending = sending();
        hypervisor(H1).leaseRevoked();
        assertThat(answer(sending)).isInstanceOf(SendOutcome.Failed.class);
        letACopyPass();
        assertThat(hypervisor(H1).list()).isEmpty();
        assertThat(hypervisor(H2).list()).isEmpty();
    }

    @Test
    void halfACopyStaysWhereNobodyHearsThatItsSourceIsGone() {
        CompletionStage<SendOutcome> sending = sending();
        model.xen.cutLink(H1, H2);
        hypervisor(H1).leaseRevoked();
        assertThat(answer(sending)).isInstanceOf(SendOutcome.Failed.class);
        letACopyPass();
        assertThat(hypervisor(H2).describe(ONE).seen())
                .isEqualTo(new DomainSeen(ONE, State.paused, true, 4, 1, Optional.of(MOVE)));
    }

    @Test
    void withTheTargetsLeaseTheCopyFailsAndTheGuestRunsOn() {
        CompletionStage<SendOutcome> sending = sending();
        hypervisor(H2).leaseRevoked();
        assertThat(answer(sending)).isInstanceOf(SendOutcome.Failed.class);
        assertThat(hypervisor(H1).describe(ONE).seen().state()).isEqualTo(State.running);
        assertThat(hypervisor(H2).list()).isEmpty();
    }

    /** A copy of which some has arrived. */
    private CompletionStage<SendOutcome> sending() {
        answer(hypervisor(H1).start(started()));
        CompletionStage<SendOutcome> sending =
                hypervisor(H1).send(sent(hypervisor(H2).facts().migrationUri()));
        model.xen.advanceTo(model.xen.now().plusMillis(50));
        assertThat(hypervisor(H2).describe(ONE).seen().jobRunning()).isTrue();
        return sending;
    }

    private void letACopyPass() {
        model.xen.advanceTo(model.xen.now().plusSeconds(10));
    }

    @Override
    protected Hypervisor hypervisor(HostId host) {
        return model.xen.hypervisor(host);
    }

    @Override
    protected <T> T answer(CompletionStage<T> later) {
        return model.answer(later);
    }

    @Override
    protected void stopGuest(HostId host, LinodeId linode) {
        model.xen.stopGuest(host, linode, Cause.guest);
    }

    @Override
    protected void powerOff(HostId host) {
        model.xen.powerOff(host);
    }

    @Override
    protected void powerOn(HostId host) {
        model.letTimePass();
        model.xen.powerOn(host);
    }

    @Override
    protected String nowhere() {
        return "sim://nowhere";
    }
}
