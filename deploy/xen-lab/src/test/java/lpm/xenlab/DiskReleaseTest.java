package lpm.xenlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import lpm.local.Home;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lpm-dom0 release} on a folder that looks like the kernel's rbd bus. */
class DiskReleaseTest {
    @TempDir
    Path folder;

    private Process release() throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(Home.find().resolve("deploy/host/lpm-dom0").toString(), "release", "rbd", "disk-1");
        builder.environment()
                .putAll(Map.of(
                        "RBD_BUS", folder.resolve("bus").toString(),
                        "FOLDERS", folder.resolve("none").toString(),
                        "DISK_DEV", folder.resolve("dev").toString(),
                        "DISK_LOCKS", folder.resolve("locks").toString()));
        return builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile())
                .start();
    }

    @Test
    void aDiskThatAGuestLetGoIsUnmapped() throws IOException, InterruptedException {
        Path device = Files.createDirectories(folder.resolve("bus/devices/3"));
        Path remove = Files.createFile(folder.resolve("bus/remove_single_major"));
        Files.createFile(folder.resolve("bus/add_single_major"));
        Files.createFile(Files.createDirectories(folder.resolve("locks")).resolve("leaving.rbd.disk-1"));
        Files.writeString(device.resolve("name"), "disk-1\n");
        Files.writeString(device.resolve("pool"), "rbd\n");

        Process release = release();
        try {
            await().until(() -> Files.readString(remove).equals("3\n"));
            // what the kernel does then
            Files.delete(device.resolve("name"));
            assertThat(release.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(release.exitValue())
                    .as(Files.readString(folder.resolve("said")))
                    .isZero();
            assertThat(folder.resolve("locks/leaving.rbd.disk-1")).doesNotExist();
        } finally {
            release.destroyForcibly();
        }
    }
}
