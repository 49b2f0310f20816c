package lpm.hostagent.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import lpm.contracts.HostId;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;
import lpm.contracts.host.DomainSeen.State;
import lpm.hostagent.World;
import lpm.hostagent.hypervisor.DomainSpec;
import lpm.hostagent.hypervisor.Hypervisor;
import lpm.hostagent.hypervisor.IncomingOrder;
import lpm.hostagent.hypervisor.PortUnreachable;
import lpm.hostagent.hypervisor.SendOrder;
import lpm.hostagent.hypervisor.SendOutcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The model in a process of its own: killed and started again. */
class SimulatedXenProcessTest {
    private static final HostId H1 = HostId.of("h1");
    private static final HostId H2 = HostId.of("h2");
    private static final LinodeId ONE = new LinodeId(1);

    private Path folder;
    private Process process;

    @BeforeEach
    void start() throws IOException {
        folder = Files.createTempDirectory("xen");
        launch();
    }

    @AfterEach
    void stop() throws InterruptedException, IOException {
        process.destroyForcibly().waitFor();
        try (var files = Files.walk(folder)) {
            files.sorted(java.util.Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }

    private void launch() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx48m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SimulatedXenMain.class.getName());
        builder.environment()
                .putAll(Map.of(
                        "LPM_DATA",
                        folder.toString(),
                        "LPM_HOSTS",
                        "h1,h2",
                        "LPM_REGION",
                        "us-east",
                        "LPM_MEMORY_MIB",
                        "8192"));
        process = builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
        await().atMost(30, TimeUnit.SECONDS)
                .until(() -> Files.exists(folder.resolve("out"))
                        && Files.readString(folder.resolve("out")).contains("READY"));
    }

    private void killAndLaunch() throws InterruptedException, IOException {
        process.destroyForcibly().waitFor();
        launch();
    }

    private Hypervisor hypervisor(HostId host) {
        return client(host.value()).hypervisor();
    }

    private XenControl control() {
        return client("control").control();
    }

    private <T> T answer(CompletionStage<T> later) {
        CompletableFuture<T> future = later.toCompletableFuture();
        try {
            return future.orTimeout(30, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    @Test
    void killingTheProcessIsNoPowerOffOfItsHosts() throws Exception {
        answer(hypervisor(H1).start(new DomainSpec(ONE, 3, "order-1", World.spec(1, 1))));
        String boot = hypervisor(H1).facts().bootId();
        killAndLaunch();
        assertThat(hypervisor(H1).facts().bootId()).isEqualTo(boot);
        assertThat(hypervisor(H1).describe(ONE).seen().state()).isEqualTo(State.running);
        assertThat(control().runs()).singleElement().satisfies(run -> assertThat(run.until())
                .isEmpty());
    }

    @Test
    void aMigrationGoesOnWhenTheProcessWasKilledInIt() throws Exception {
        answer(hypervisor(H1).start(new DomainSpec(ONE, 3, "order-1", World.spec(1, 1))));
        hypervisor(H2).prepareIncoming(new IncomingOrder(new MigrationId(7), ONE, 4, World.spec(1, 1)));
        XenClient client = client("h1");
        CompletionStage<SendOutcome> call =
                client.hypervisor().send(new SendOrder(new MigrationId(7), ONE, 3, 4, H2, "sim://h2"));
        await().atMost(20, TimeUnit.SECONDS)
                .pollInterval(5, TimeUnit.MILLISECONDS)
                .until(() -> !hypervisor(H2).list().isEmpty());
        killAndLaunch();
        assertThatThrownBy(() -> answer(call)).isInstanceOf(PortUnreachable.class);
        await().atMost(20, TimeUnit.SECONDS)
                .until(() -> hypervisor(H1).describe(ONE).seen().state() == State.absent
                        && !hypervisor(H2).describe(ONE).seen().jobRunning());
        assertThat(hypervisor(H2).describe(ONE).seen().state()).isEqualTo(State.paused);
        assertThat(control().doubles()).isEmpty();
    }

    @Test
    void whatIsGoneStaysGone() throws Exception {
        answer(hypervisor(H1).start(new DomainSpec(ONE, 3, "order-1", World.spec(1, 1))));
        hypervisor(H2).prepareIncoming(new IncomingOrder(new MigrationId(7), ONE, 4, World.spec(1, 1)));
        answer(hypervisor(H1).send(new SendOrder(new MigrationId(7), ONE, 3, 4, H2, "sim://h2")));
        hypervisor(H2).resume(ONE, new MigrationId(7), 4);
        control().powerOff(H1);
        killAndLaunch();
        control().powerOn(H1);
        assertThat(hypervisor(H1).list()).isEmpty();
        assertThat(hypervisor(H2).copies()).isEmpty();
        assertThat(hypervisor(H2).describe(ONE).seen().state()).isEqualTo(State.running);
        assertThat(control().doubles()).isEmpty();
    }

    @Test
    void aClientConnectsAgainByItself() throws Exception {
        Hypervisor kept = client("h1").hypervisor();
        assertThat(kept.list()).isEmpty();
        process.destroyForcibly().waitFor();
        assertThatThrownBy(kept::list).isInstanceOf(PortUnreachable.class);
        launch();
        await().atMost(5, TimeUnit.SECONDS).ignoreExceptions().untilAsserted(() -> assertThat(kept.list())
                .isEqualTo(List.of()));
    }

    private XenClient client(String name) {
        return new XenClient(folder.resolve(name + ".sock"));
    }
}
