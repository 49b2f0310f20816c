package lpm.xenlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import lpm.local.LocalFailure;
import lpm.local.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabPartsTest {
    @TempDir
    Path folder;

    @Test
    void aHostIsStartedWithItsOwnNumberEverywhere() throws IOException {
        for (String part : List.of("xen", "vmlinux", "dom0.initrd", "dom0.img")) {
            Files.createFile(folder.resolve(part));
        }
        List<String> command = new QemuArguments(new Image(folder), folder.resolve("h2"), 2, 768).command();

        assertThat(command).containsSequence("-m", "768").contains("-no-reboot");
        assertThat(String.join(" ", command))
                .contains("ifname=tap2,", "mac=52:54:00:77:00:02,", "file:" + folder.resolve("h2/console.log"))
                .contains("dom0_mem=320M,max:320M", "+svm,+npt,-rdtscp", "snapshot=on");
        assertThat(command.get(command.indexOf("-initrd") + 1))
                .as("exactly two modules: kernel with arguments, initrd")
                .matches("[^,]*/vmlinux [^,]*,[^,]*/dom0.initrd");
    }

    @Test
    void aMissingPartOfTheImageIsNamed() {
        assertThatThrownBy(() -> new Image(folder).kernel())
                .isInstanceOf(LocalFailure.class)
                .hasMessageContaining("vmlinux is missing; delete " + folder);
    }

    @Test
    void settingsFillTheirDiskAndAreReadByAShell() throws IOException {
        HostSettings settings =
                new HostSettings("h1", "192.168.77.1", "ssh-ed25519 AAAA lab", Map.of("ceph_mon", "m:6789"), 25);
        Path disk = folder.resolve("settings");
        settings.write(disk);

        assertThat(disk).hasSize(8_192);
        String read = Run.ok(
                Duration.ofSeconds(5),
                List.of("sh", "-c", ". " + disk + "; echo \"$name|$address|$authorized|$ceph_mon|$watch\""));
        assertThat(read.strip()).isEqualTo("h1|192.168.77.1|ssh-ed25519 AAAA lab|m:6789|25");
        assertThatThrownBy(() -> new HostSettings("h1", "a", "key' ; evil", Map.of(), 0).text())
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theScriptComputesTheSameNamespace() {
        Path data = folder.resolve("lab");
        String digits =
                Run.ok(Duration.ofSeconds(5), List.of("sh", "-c", "printf %s " + data + " | sha256sum | cut -c1-8"));

        assertThat(Namespace.of(data).name()).isEqualTo("lpm-lab-" + digits.strip());
        assertThat(new Namespace("n").execBound(List.of("a", "b")))
                .containsExactly("ip", "netns", "exec", "n", "setpriv", "--pdeathsig", "KILL", "--", "a", "b");
    }

    @Test
    void optionsThatCannotWorkAreRefused() {
        Progress progress = new Progress(System.out);
        assertThatThrownBy(() -> new LabOptions(folder, folder, 0, 768, progress))
                .hasMessageContaining("found 0");
        assertThatThrownBy(() -> new LabOptions(folder, folder, 2, 400, progress))
                .hasMessageContaining("at least 480");
    }

    @Test
    void aCommandThatTakesTooLongIsEnded() {
        Run.Result result = Run.result(Duration.ofMillis(200), List.of("sleep", "60"), "");

        assertThat(result.code()).isEqualTo(-1);
        assertThatThrownBy(() -> Run.ok(Duration.ofSeconds(5), List.of("sh", "-c", "echo because; exit 3")))
                .hasMessageContaining("exit code 3")
                .hasMessageContaining("because");
    }
}
