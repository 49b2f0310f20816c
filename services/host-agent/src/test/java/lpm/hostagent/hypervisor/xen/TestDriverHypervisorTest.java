package lpm.hostagent.hypervisor.xen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import lpm.contracts.HostId;
import lpm.contracts.LinodeId;
import lpm.hostagent.hypervisor.Hypervisor;
import lpm.hostagent.hypervisor.HypervisorContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.libvirt.LibvirtException;

/** The agent's own classes against libvirt's test driver. */
class TestDriverHypervisorTest extends HypervisorContract {
    private static final String NO_MIGRATION = "the test driver has no migrateToURI3 (VIR_ERR_NO_SUPPORT)";

    private TestDriver driver;
    private XenHypervisor hypervisor;

    TestDriverHypervisorTest() throws LibvirtException {
        driver = new TestDriver();
        hypervisor = driver.hypervisor();
    }

    @AfterEach
    void close() throws LibvirtException {
        hypervisor.close();
        driver.close();
    }

    @Override
    protected Map<String, String> leftOut() {
        return Map.of(
                "plugsAndUnplugsADevice", "the test driver has no attachDeviceFlags (VIR_ERR_NO_SUPPORT)",
                "sendsADomainThatStaysPausedUntilItIsResumed", NO_MIGRATION,
                "whatArrivesUnbiddenStandsPausedToo", NO_MIGRATION,
                "aSendThatFailsLeavesTheGuestRunning", NO_MIGRATION,
                "aCancelledCopyCannotBeResumed", NO_MIGRATION);
    }

    /** As soon as it can do more, less may be left out. */
    @Test
    void whatIsLeftOutIsReallyNotSupported() {
        answer(hypervisor.start(started()));
        assertThatThrownBy(() -> hypervisor.attach(ONE, VOLUME)).hasMessageContaining("not supported");
        assertThat(answer(hypervisor.send(sent("test:///default"))).toString()).contains("not supported");
    }

    @Override
    protected Hypervisor hypervisor(HostId host) {
        return hypervisor;
    }

    @Override
    protected <T> T answer(CompletionStage<T> later) {
        CompletableFuture<T> future = later.toCompletableFuture();
        try {
            return future.orTimeout(30, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    @Override
    protected void stopGuest(HostId host, LinodeId linode) {
        try {
            driver.libvirt.domainLookupByName(DomainTag.name(linode)).shutdown();
        } catch (LibvirtException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected void powerOff(HostId host) {
        driver.dom0.close();
    }

    /** The agent's classes begin anew with it: the fake dom0 listens elsewhere. */
    @Override
    protected void powerOn(HostId host) {
        try {
            close();
            driver = new TestDriver();
            hypervisor = driver.hypervisor();
        } catch (LibvirtException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected String nowhere() {
        return "test:///nowhere";
    }
}
