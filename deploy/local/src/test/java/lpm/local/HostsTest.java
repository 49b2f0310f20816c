package lpm.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lpm.local.jvm.Program;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostsTest {
    @TempDir
    Path folder;

    @BeforeEach
    void somethingBuilt() throws Exception {
        for (String part : List.of(
                "services/host-agent/target/host-agent-1.0.jar",
                "services/host-agent/target/lib/contracts.jar",
                "services/host-agent/target/lib/jna.jar",
                "services/storage/target/quarkus-app/app/storage.jar",
                "services/storage/target/quarkus-app/lib/boot/boot.jar",
                "services/storage/target/quarkus-app/lib/main/axon.jar",
                "services/storage/target/quarkus-app/lib/main/lpm.platform.jar",
                "services/storage/target/quarkus-app/quarkus/generated-bytecode.jar",
                "services/storage/target/quarkus-app/quarkus/patches.jar",
                "services/storage/target/quarkus-app/quarkus/transformed-bytecode.jar")) {
            Files.createDirectories(folder.resolve(part).getParent());
            Files.createFile(folder.resolve(part));
        }
    }

    /** One host made of something else than the simulation. */
    private record OneHost(String settings) implements Hosts {
        @Override
        public List<String> ids() {
            return List.of("iron");
        }

        @Override
        public List<Child.Spec> machines() {
            return List.of();
        }

        @Override
        public Map<String, String> agentSettings(String host) {
            return Map.of("LPM_HYPERVISOR", settings + host);
        }

        @Override
        public Map<String, String> serviceSettings(String service) {
            return service.equals("storage") ? Map.of("LPM_POOLS", "pool-iron:us-east:10") : Map.of();
        }
    }

    @Test
    void agentsAndServicesAreToldWhatTheirHostsNeed() {
        try (DataDir dir = DataDir.open(folder.resolve("data"))) {
            Ports ports = Ports.in(dir);
            Routing routing = Routing.over(Wires.DIRECT, ports, List.of("iron"));
            Programs programs = new Programs(new OneHost("xen+tcp://"), folder, dir, Secrets.in(dir), ports, routing);
            assertThat(programs.agent("iron").environment())
                    .containsEntry("LPM_HYPERVISOR", "xen+tcp://iron")
                    .containsEntry("LPM_HOST", "iron")
                    .containsEntry("LPM_KAFKA", routing.kafka());
            assertThat(programs.service("storage").environment())
                    .containsEntry("LPM_POOLS", "pool-iron:us-east:10")
                    .containsEntry("LPM_DB_USER", "storage");
        }
    }

    /** What seldom changes comes first, and what Quarkus changed in a class before that class. */
    @Test
    void librariesComeBeforeWhatIsOurs() {
        assertThat(jars(new Built(folder).service("storage")))
                .containsExactly(
                        "patches.jar",
                        "boot.jar",
                        "axon.jar",
                        "transformed-bytecode.jar",
                        "generated-bytecode.jar",
                        "storage.jar",
                        "lpm.platform.jar");
        assertThat(jars(new Built(folder).agent())).containsExactly("jna.jar", "host-agent-1.0.jar", "contracts.jar");
    }

    private static List<String> jars(Program program) {
        List<String> command = program.command("-Xmx1g", List.of());
        String path = command.get(command.indexOf("-cp") + 1);
        return Stream.of(path.split(File.pathSeparator))
                .map(entry -> Path.of(entry).getFileName().toString())
                .toList();
    }

    @Test
    void otherWiresGiveEachPartItsOwnWay() {
        try (DataDir dir = DataDir.open(folder.resolve("data"))) {
            Wires wires = (from, to, _) -> from.equals("agent-iron") ? 1 : to.equals("kafka") ? 2 : 3;
            Ports ports = Ports.in(dir);
            Routing routing = Routing.over(wires, ports, List.of("iron"));
            Programs programs = new Programs(new OneHost("xen+tcp://"), folder, dir, Secrets.in(dir), ports, routing);
            assertThat(programs.agent("iron").environment()).containsEntry("LPM_KAFKA", "127.0.0.1:1");
            assertThat(programs.service("storage").environment())
                    .containsEntry("LPM_KAFKA", "127.0.0.1:2")
                    .containsEntry("LPM_DB_URL", "jdbc:postgresql://127.0.0.1:3/lpm");
        }
    }

    @Test
    void severalBrokersAreFoundByEverybodyAndKeepEverything() {
        try (DataDir dir = DataDir.open(folder.resolve("data"))) {
            Ports ports = Ports.in(dir);
            assertThat(ports.brokers(3)).isEqualTo(3);
            assertThat(ports.brokers(1)).isEqualTo(3);
            Routing routing = Routing.over(Wires.DIRECT, ports, List.of("iron"));
            assertThat(routing.kafka("agent-iron").split(",")).hasSize(3).doesNotHaveDuplicates();
            assertThat(BrokerSettings.of(routing, routing.nodes().getLast(), folder))
                    .contains("node.id=3\n", "default.replication.factor=3\n", "\nmin.insync.replicas=2\n");
        }
    }

    @Test
    void simulatedHostsAreNeverFewerThanTheyWereAndShareOneMachine() {
        try (DataDir dir = DataDir.open(folder.resolve("data"))) {
            assertThat(simulated(dir, 3).ids()).containsExactly("h1", "h2", "h3");
            Hosts again = simulated(dir, 1);
            assertThat(again.ids()).hasSize(3);
            assertThat(again.machines()).extracting(Child.Spec::name).containsExactly("simulated-xen");
            assertThat(again.machines().getFirst().environment()).containsEntry("LPM_HOSTS", "h1,h2,h3");
            assertThat(again.agentSettings("h2"))
                    .containsEntry(
                            "LPM_HYPERVISOR", "simulated:" + dir.of("sockets").resolve("h2.sock"));
        }
    }

    private Hosts simulated(DataDir dir, int asked) {
        return SimulatedHosts.in(new Hosts.Place(folder, dir, Ports.in(dir), asked, new Progress(System.out)));
    }
}
