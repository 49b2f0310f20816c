package lpm.xenlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a real namespace, where the machine gives one. */
class LabNetworkTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    private Namespace namespace;
    private LabNetwork network;

    @BeforeEach
    void makeNamespace() {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
        assumeTrue(Path.of("/dev/net/tun").toFile().exists(), "needs taps");
        Run.Result tools = Run.result(LIMIT, List.of("sh", "-c", "command -v ip && command -v nft"), "");
        assumeTrue(tools.ok(), "needs iproute2 and nftables");
        namespace = Namespace.of(folder);
        network = new LabNetwork(namespace);
        network.start(3);
    }

    @AfterEach
    void removeNamespace() {
        if (namespace != null) {
            namespace.delete();
        }
    }

    private String rules() {
        return Run.ok(LIMIT, namespace.exec("nft", "list", "table", "bridge", "lab"));
    }

    @Test
    void cutsBothDirectionsAndHealsOneCutOnly() {
        network.cut(2, 1);
        network.cut(1, 2);
        network.cut(3, 1);
        assertThat(rules())
                .contains("iifname \"tap1\" oifname \"tap2\" drop", "iifname \"tap2\" oifname \"tap1\" drop")
                .contains("iifname \"tap1\" oifname \"tap3\" drop", "iifname \"tap3\" oifname \"tap1\" drop");

        network.heal(1, 2);
        assertThat(rules()).doesNotContain("tap2").contains("tap3");
    }

    @Test
    void takesALinkDownAndUp() {
        network.linkDown(1);
        assertThat(Run.ok(LIMIT, namespace.exec("ip", "link", "show", "tap1"))).doesNotContain(",UP");
        network.linkUp(1);
        assertThat(Run.ok(LIMIT, namespace.exec("ip", "link", "show", "tap1"))).contains(",UP");
    }

    @Test
    void startsAgainOverWhatAnEarlierLabLeft() {
        network.start(2);

        assertThat(Run.ok(LIMIT, namespace.exec("ip", "-brief", "addr")))
                .contains("192.168.77.254/24", "198.18.0.1/17", "tap2")
                .doesNotContain("tap3");
    }
}
