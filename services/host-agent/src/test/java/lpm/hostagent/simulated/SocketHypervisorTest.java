package lpm.hostagent.simulated;

import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletionStage;
import lpm.contracts.HostId;
import lpm.contracts.LinodeId;
import lpm.contracts.host.HostReport.LinodeStopObserved.Cause;
import lpm.hostagent.hypervisor.Hypervisor;
import lpm.hostagent.hypervisor.HypervisorContract;
import org.junit.jupiter.api.AfterEach;

/** The model through its sockets, on real time. */
class SocketHypervisorTest extends HypervisorContract {
    private final SocketModel model = new SocketModel();

    @AfterEach
    void stop() {
        model.close();
    }

    @Override
    protected Hypervisor hypervisor(HostId host) {
        return model.client(host.value()).hypervisor();
    }

    @Override
    protected <T> T answer(CompletionStage<T> later) {
        return model.answer(later);
    }

    @Override
    protected void stopGuest(HostId host, LinodeId linode) {
        control().stopGuest(host, linode, Cause.guest);
    }

    @Override
    protected void powerOff(HostId host) {
        control().powerOff(host);
    }

    @Override
    protected void powerOn(HostId host) {
        long before = System.currentTimeMillis();
        await().until(() -> System.currentTimeMillis() > before + 5);
        control().powerOn(host);
    }

    @Override
    protected String nowhere() {
        return "sim://nowhere";
    }

    private XenControl control() {
        return model.client("control").control();
    }
}
