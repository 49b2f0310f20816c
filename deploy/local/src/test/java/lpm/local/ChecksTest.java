package lpm.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChecksTest {
    @TempDir
    Path folder;

    @Test
    void refusesWhenMemoryIsShortAndPassesWhenItJustSuffices() {
        assertThatThrownBy(() -> Checks.memory(3, 1, OptionalLong.of(2_079)))
                .isInstanceOf(LocalFailure.class)
                .hasMessage("Too little memory: 2080 MiB are needed for 3 hosts, 2079 MiB are available.");
        assertThatCode(() -> Checks.memory(3, 1, OptionalLong.of(2_080))).doesNotThrowAnyException();
        assertThatCode(() -> Checks.memory(3, 1, OptionalLong.empty())).doesNotThrowAnyException();
    }

    @Test
    void refusesWhenTheDiskIsShortAndPassesWhenItJustSuffices() {
        assertThatThrownBy(() -> Checks.disk(folder, 1_023)).hasMessageContaining("Too little disk space");
        assertThatCode(() -> Checks.disk(folder, 1_024)).doesNotThrowAnyException();
    }

    @Test
    void refusesAPortInUse() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> Checks.port(taken.getLocalPort()))
                    .hasMessage("Port " + taken.getLocalPort()
                            + " on 127.0.0.1 is in use; choose another one with --port.");
        }
        assertThatCode(() -> Checks.port(0)).doesNotThrowAnyException();
    }

    @Test
    void refusesAFolderInUseByALiveLauncher() {
        try (DataDir _ = DataDir.open(folder)) {
            assertThatThrownBy(() -> DataDir.open(folder))
                    .isInstanceOf(LocalFailure.class)
                    .hasMessageContaining("is in use by a running launcher (process "
                            + ProcessHandle.current().pid());
        }
        DataDir.open(folder).close();
    }

    @Test
    void refusesAFolderThatCannotBeMade() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> DataDir.open(file.resolve("data")))
                .isInstanceOf(LocalFailure.class)
                .hasMessageContaining("cannot be made");
    }

    @Test
    void refusesAPathTooLongForSockets() {
        assertThatThrownBy(() -> Checks.pathLength(Path.of("/" + "x".repeat(85))))
                .hasMessageContaining("shorter");
        assertThatCode(() -> Checks.pathLength(Path.of("/" + "x".repeat(84)))).doesNotThrowAnyException();
    }

    @Test
    void keepsSecretsAndPortsForTheNextStart() {
        try (DataDir dir = DataDir.open(folder)) {
            String token = Secrets.in(dir).token();
            int port = Ports.in(dir).of("account");
            assertThat(Secrets.in(dir).token()).isEqualTo(token).hasSize(64);
            assertThat(Secrets.in(dir).operatorToken()).isNotEqualTo(token);
            assertThat(Ports.in(dir).of("account")).isEqualTo(port);
            assertThat(Ports.in(dir).hosts(3)).isEqualTo(3);
            assertThat(Ports.in(dir).hosts(2)).isEqualTo(3);
        }
    }

    @Test
    void refusesMoreHostsThanThereMayBe() {
        Progress progress = new Progress(System.out);
        assertThatThrownBy(() -> new Options(folder, folder, 0, 31, progress)).hasMessageContaining("between 1 and 30");
        assertThatCode(() -> new Options(folder, folder, 0, 30, progress)).doesNotThrowAnyException();
    }
}
