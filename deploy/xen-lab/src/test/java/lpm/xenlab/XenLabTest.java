package lpm.xenlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import lpm.local.Home;
import lpm.local.LocalFailure;
import lpm.local.Progress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The lab itself, on real Xen: {@code -Dlpm.xen-lab=true}, as root, with the image built. */
@EnabledIfSystemProperty(named = "lpm.xen-lab", matches = "true")
@TestMethodOrder(MethodOrderer.MethodName.class)
class XenLabTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String GUEST = "198.18.0.10";

    @TempDir
    static Path data;

    private static XenLab lab;

    @BeforeAll
    static void start() {
        lab = XenLab.start(LabOptions.usual(Home.find(), data, new Progress(System.out)));
    }

    @AfterAll
    static void stopAndFindNothing() {
        lab.close();

        assertThat(lab.namespace().exists()).isFalse();
        assertThat(Run.result(LIMIT, List.of("pgrep", "-f", data.toString()), "")
                        .output())
                .isEmpty();
    }

    private static String virsh(int host, String... words) {
        List<String> command = new ArrayList<>(
                List.of("virsh", "-c", lab.host(host).agentEnvironment().get("LPM_HYPERVISOR")));
        command.addAll(List.of(words));
        return Run.ok(Duration.ofSeconds(150), lab.namespace().exec(command));
    }

    private static void rbd(String... words) {
        List<String> command = new ArrayList<>(lab.ceph().client("rbd"));
        command.addAll(List.of(words));
        Run.ok(LIMIT, command);
    }

    private static void map(int host) {
        lab.host(host).dom0(LIMIT, "lpm-dom0 map rbd linode-1-root && lpm-dom0 map rbd vol-1");
    }

    private static boolean reaches(int from, String address) {
        try {
            lab.host(from).dom0(LIMIT, "ping -c 1 -W 1 " + address);
            return true;
        } catch (LocalFailure e) {
            return false;
        }
    }

    private static Path domainXml() throws IOException {
        Path domain = data.resolve("linode-1.xml");
        Files.writeString(
                domain,
                new String(XenLabTest.class.getResourceAsStream("linode-1.xml").readAllBytes()));
        return domain;
    }

    @Test
    void aGuestMovesAndKeepsItsWrites() throws IOException {
        String image = lab.host("h1").agentEnvironment().get("LPM_IMAGES") + "/lab-busybox.raw";
        rbd("import", "--image-feature", "layering", "--no-progress", image, "rbd/linode-1-root");
        rbd("create", "--size", "64M", "--image-feature", "layering", "rbd/vol-1");
        Path domain = domainXml();
        map(1);
        map(2);

        try (GuestWitness witness = new GuestWitness(lab.namespace())) {
            long created = System.nanoTime();
            virsh(1, "create", domain.toString());
            for (String disk : List.of("xvda", "xvdb")) {
                witness.await(disk + " written", created, Duration.ofSeconds(90), ack(disk, 5));
            }
            long start = System.nanoTime();
            String target = "xen+tcp://192.168.77.2/system";
            virsh(1, "migrate", "--live", "--p2p", "linode-1", target, "--migrateuri", "tcp://192.168.77.2");
            witness.await("ticks after the move", System.nanoTime(), LIMIT, h -> h.kind()
                    .equals("TICK"));
            System.out.println("silence of the move: " + witness.longestSilence(GUEST, start));
            await().atMost(LIMIT)
                    .until(() -> lab.host(1).dom0(LIMIT, "lpm-dom0 mapped").isBlank());

            long asked = System.nanoTime();
            witness.order(GUEST, "verify");
            assertThat(witness.await("xvdb verified", asked, LIMIT, found("xvdb"))
                            .number(2))
                    .as("gaps after the move")
                    .isZero();

            lab.host(2).powerOff();
            startsAgainWithAllThatWasAcknowledged(domain, witness);

            virsh(1, "shutdown", "linode-1");
            await().atMost(LIMIT)
                    .until(() -> lab.host(1).dom0(LIMIT, "lpm-dom0 mapped").isBlank());
        }
        lab.host(2).powerOn();
        lab.host(2).awaitReady();
    }

    private static void startsAgainWithAllThatWasAcknowledged(Path domain, GuestWitness witness) {
        long off = System.nanoTime();
        long acknowledged = witness.acknowledged(GUEST, "xvdb");
        map(1);
        virsh(1, "create", domain.toString());
        GuestWitness.Heard found = witness.await("xvdb read back", off, Duration.ofSeconds(120), found("xvdb"));
        assertThat(found.number(1)).isGreaterThanOrEqualTo(acknowledged);
        assertThat(found.number(2)).as("gaps").isZero();
    }

    private static Predicate<GuestWitness.Heard> found(String disk) {
        return h -> h.kind().equals("FOUND") && h.words().getFirst().equals(disk);
    }

    private static Predicate<GuestWitness.Heard> ack(String disk, long sequence) {
        return h -> h.kind().equals("ACK") && h.words().getFirst().equals(disk) && h.number(1) >= sequence;
    }

    @Test
    void cutsTwoHostsFromEachOtherOnly() {
        assertThat(reaches(1, "192.168.77.2")).isTrue();
        lab.network().cut(1, 2);
        assertThat(reaches(1, "192.168.77.2")).isFalse();
        assertThat(reaches(2, "192.168.77.1")).isFalse();
        assertThat(reaches(1, LabNetwork.GATEWAY)).isTrue();
        lab.network().heal(1, 2);
        await().atMost(LIMIT).until(() -> reaches(1, "192.168.77.2"));

        lab.host(2).linkDown();
        assertThat(reaches(1, "192.168.77.2")).isFalse();
        lab.host(2).linkUp();
        await().atMost(LIMIT).until(() -> reaches(1, "192.168.77.2"));
    }

    @Test
    void hostsComeBackAsOthersAfterPowerOff() {
        String first = lab.host(1).dom0(LIMIT, "lpm-dom0 boot-id");
        lab.host(1).powerOff();
        assertThat(lab.host(1).powered()).isFalse();
        lab.host(1).powerOn();
        lab.host(1).awaitReady();

        assertThat(lab.host(1).dom0(LIMIT, "lpm-dom0 boot-id")).isNotEqualTo(first);
        assertThat(lab.host(1).dom0(LIMIT, "lpm-dom0 restart-libvirtd; virsh -c xen:///system list"))
                .contains("Domain-0");
    }

    @Test
    void losesAnOsdAndAMonitor() {
        lab.ceph().killOsd(2);
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> lab.ceph().status().contains("3 osds: 2 up"));
        lab.ceph().startOsd(2);
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> lab.ceph().status().contains("3 osds: 3 up"));

        lab.ceph().pauseMon();
        assertThatThrownBy(() -> lab.ceph().status()).isInstanceOf(LocalFailure.class);
        lab.ceph().resumeMon();
        assertThat(lab.ceph().status()).contains("mon: 1 daemons");
    }

    @Test
    void aWatchdogStopsItsSilentHost() throws IOException {
        Path socket = Path.of(lab.host(1).agentEnvironment().get("LPM_WATCHDOG").substring("unix:".length()));
        try (SocketChannel agent = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            agent.write(StandardCharsets.UTF_8.encode("pet 15000\n"));
            await().atMost(Duration.ofSeconds(15)).until(() -> lab.host(1).stoppedByWatchdog());
            assertThat(reaches(2, "192.168.77.1")).isFalse();
            agent.write(StandardCharsets.UTF_8.encode("pet 0\n"));
            await().atMost(LIMIT).until(() -> reaches(2, "192.168.77.1"));
            String before = lab.host(1).dom0(LIMIT, "lpm-dom0 boot-id");
            agent.write(StandardCharsets.UTF_8.encode("revoked\n"));
            await().atMost(LIMIT).until(() -> !reaches(2, "192.168.77.1"));
            lab.host(1).awaitReady();
            assertThat(lab.host(1).dom0(LIMIT, "lpm-dom0 boot-id")).isNotEqualTo(before);
        }
    }

    @Test
    void aPortInsideIsReachedFromOutside() throws IOException, InterruptedException {
        int port = 18_080;
        Process server = new ProcessBuilder(lab.namespace()
                        .exec("socat", "TCP4-LISTEN:" + port + ",bind=127.0.0.1,fork,reuseaddr", "SYSTEM:echo inside"))
                .start();
        try {
            lab.forward(port);
            List<String> client = List.of("socat", "-u", "TCP4:127.0.0.1:" + port, "STDOUT");
            await().atMost(LIMIT)
                    .until(() -> Run.result(LIMIT, client, "").output().strip().equals("inside"));
        } finally {
            server.destroy();
            server.waitFor();
        }
    }
}
