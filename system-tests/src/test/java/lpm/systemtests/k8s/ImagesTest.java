package lpm.systemtests.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import lpm.cli.Api;
import lpm.local.Child;
import lpm.local.LocalCloud;
import lpm.local.Options;
import lpm.local.Progress;
import lpm.local.SimulatedHosts;
import lpm.local.Wires;
import lpm.systemtests.cloud.Tenant;
import lpm.verify.Report;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The images do their work under exactly what the manifests give them: user, root, memory, settings, network. */
class ImagesTest {
    private static final Path BUILD = Manifests.ROOT.resolve("deploy/k8s/images/build");

    private final Progress progress = new Progress(System.out);

    @BeforeAll
    static void canRunContainers() {
        assumeTrue("root".equals(System.getProperty("user.name")), "the images were NOT run: that needs root");
        assumeTrue(
                Stream.of("/usr/bin/crun", "/usr/local/bin/crun").map(Path::of).anyMatch(Files::isExecutable),
                "the images were NOT run: there is no crun (Debian package crun)");
    }

    @Test
    void aCloudOfTheImagesMovesALinode(@TempDir Path folder) throws IOException {
        // the umask of whoever builds must not be seen in the image
        Image.run("sh", "-c", "umask 077; exec \"$1\"", "sh", BUILD.toString());
        progress.say("The images are built");
        try (Pods pods = new Pods(Manifests.ROOT.resolve("target/images"), folder);
                LocalCloud cloud = cloud(folder, pods)) {
            for (String service : LocalCloud.SERVICES) {
                assertThat(pods.pod(service).probes()).allMatch(probe -> pods.answers(service, probe));
                hasNoRightItDoesNotNeed(pods.pod(service), pods.pid(service));
            }
            everyServiceHasWork(Tenant.open(cloud));
            Report report = cloud.verify(List.of());
            assertThat(report.holds()).as(report.text()).isTrue();
            for (String service : LocalCloud.SERVICES) {
                endsInTime(cloud.service(service), pods.pod(service).grace());
            }
        }
    }

    private LocalCloud cloud(Path folder, Pods pods) {
        Options options = Options.here(folder.resolve("data"), progress);
        return LocalCloud.start(options, SimulatedHosts::in, Wires.DIRECT, pods);
    }

    private void everyServiceHasWork(Tenant tenant) {
        long linode = tenant.createRunning("in-containers");
        long volume = tenant.api()
                .post(
                        "/v4/volumes",
                        Api.object()
                                .put("label", "in-containers")
                                .put("size", 10)
                                .put("region", LocalCloud.REGION))
                .id();
        tenant.await(
                "the volume active",
                () -> tenant.api().get("/v4/volumes/" + volume).path("status").asText(),
                "active");
        String before = tenant.host(linode);
        tenant.retryBusy(() -> tenant.api().post(Tenant.INSTANCES + "/" + linode + "/migrate"));
        tenant.await("the Linode moved", () -> tenant.host(linode).equals(before), false);
        tenant.awaitStatus(linode, "running");
        progress.say("A Linode was made and moved, a volume was made");
    }

    /** What the kernel says of the process, whatever the runtime was told. */
    private static void hasNoRightItDoesNotNeed(Pod pod, long pid) throws IOException {
        Path process = Path.of("/proc", Long.toString(pid));
        List<String> status = Files.readAllLines(process.resolve("status"));
        String user = "\t%1$d".formatted(pod.user()).repeat(4);
        String group = "\t%1$d".formatted(pod.group()).repeat(4);
        String nothing = "\t0000000000000000";
        assertThat(status)
                .contains("Uid:" + user, "Gid:" + group, "NoNewPrivs:\t1")
                .contains("CapInh:" + nothing, "CapPrm:" + nothing, "CapEff:" + nothing, "CapBnd:" + nothing)
                .contains("Seccomp:\t" + (Seccomp.runtimeDefault().isPresent() ? 2 : 0));
        List<String> mounts = Files.readAllLines(process.resolve("mounts"));
        assertThat(mounts).anyMatch(line -> line.matches("\\S+ / \\S+ ro,.*"));
        pod.writable().forEach((path, bytes) -> assertThat(mounts)
                .anyMatch(line -> line.startsWith("tmpfs " + path + " tmpfs rw,")
                        && line.contains("size=" + bytes / 1024 + "k")));
        assertThat(memoryLimit(process)).isEqualTo(pod.memoryBytes());
    }

    private static long memoryLimit(Path process) throws IOException {
        String group = Files.readAllLines(process.resolve("cgroup")).stream()
                .filter(line -> line.contains(":memory:") || line.startsWith("0::/") && !line.equals("0::/"))
                .map(line -> line.substring(line.lastIndexOf(':') + 1))
                .findFirst()
                .orElseThrow();
        for (String file : List.of("memory" + group + "/memory.limit_in_bytes", group.substring(1) + "/memory.max")) {
            Path limit = Path.of("/sys/fs/cgroup", file);
            if (Files.exists(limit)) {
                return Long.parseLong(Files.readString(limit).strip());
            }
        }
        throw new IOException("expected a limit of memory, found none of the control group " + group);
    }

    private void endsInTime(Child service, Duration grace) throws IOException {
        long begin = System.nanoTime();
        service.stop();
        Duration taken = Duration.ofNanos(System.nanoTime() - begin);
        progress.say("%s ended %.1f s after SIGTERM", service.name(), taken.toMillis() / 1000.0);
        assertThat(taken).isLessThan(grace);
        assertThat(Files.readString(service.log())).contains(service.name() + " stopped in");
    }
}
