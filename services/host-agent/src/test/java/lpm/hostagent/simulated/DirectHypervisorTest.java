package lpm.hostagent.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletionStage;
import lpm.contracts.HostId;
import lpm.contracts.LinodeId;
import lpm.contracts.host.HostReport.LinodeStopObserved.Cause;
import lpm.hostagent.hypervisor.Hypervisor;
import lpm.hostagent.hypervisor.HypervisorContract;
import org.junit.jupiter.api.AfterEach;

/** The model called in the same thread, on virtual time. */
class DirectHypervisorTest extends HypervisorContract {
    private final DirectModel model = new DirectModel();

    @AfterEach
    void neverTwoCopiesRan() {
        assertThat(model.xen.doubles()).isEmpty();
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
