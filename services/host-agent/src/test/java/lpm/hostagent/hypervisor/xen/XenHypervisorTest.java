package lpm.hostagent.hypervisor.xen;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import lpm.contracts.HostId;
import lpm.contracts.LinodeId;
import lpm.hostagent.hypervisor.Hypervisor;
import lpm.hostagent.hypervisor.HypervisorContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two real Xen hosts. */
@Tag("xen")
class XenHypervisorTest extends HypervisorContract {
    private static final String SETTING = "LPM_TEST_XEN";

    private static XenTestHosts hosts;

    @BeforeAll
    static void find() throws IOException {
        String file = System.getProperty(SETTING, System.getenv(SETTING));
        assumeTrue(
                file != null && !file.isBlank(),
                "set " + SETTING + " to the settings of two Xen hosts (see docs/operations/host-agent.md) to run this");
        hosts = XenTestHosts.read(Path.of(file));
    }

    @AfterAll
    static void close() {
        if (hosts != null) {
            for (HostId each : List.of(H1, H2)) {
                hosts.hypervisor(each).destroy(ONE);
            }
            hosts.close();
        }
    }

    @BeforeEach
    void leaveNothing() {
        hypervisor(H1).destroy(ONE);
        hypervisor(H2).destroy(ONE);
    }

    @Test
    void libvirtKeepsWhatADomainIsMadeOf() {
        answer(hypervisor(H1).start(started()));
        RoundTrip.same(hosts.written(H1, "pvh", started()), hosts.seen(H1, DomainTag.name(ONE)));
    }

    @Test
    void libvirtTakesAParavirtualisedDomainToo() {
        String written = hosts.written(H1, "pv", started());
        RoundTrip.same(written, hosts.defined(H1, written));
    }

    @Override
    protected Map<String, String> leftOut() {
        return Map.of(
                "aHostThatIsOffIsUnreachableAndComesBackAsAnotherBoot",
                "only the lab can switch a host off: its own scenarios do");
    }

    @Override
    protected Hypervisor hypervisor(HostId host) {
        return hosts.hypervisor(host);
    }

    @Override
    protected <T> T answer(CompletionStage<T> later) {
        CompletableFuture<T> future = later.toCompletableFuture();
        try {
            return future.orTimeout(420, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    @Override
    protected void stopGuest(HostId host, LinodeId linode) {
        hosts.powerButton(host, DomainTag.name(linode));
    }

    @Override
    protected void powerOff(HostId host) {
        throw new UnsupportedOperationException("left out");
    }

    @Override
    protected void powerOn(HostId host) {
        throw new UnsupportedOperationException("left out");
    }

    @Override
    protected String nowhere() {
        return hosts.nowhere();
    }
}
