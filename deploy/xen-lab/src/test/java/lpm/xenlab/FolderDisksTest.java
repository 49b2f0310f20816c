package lpm.xenlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import lpm.local.Home;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lpm-dom0} on a folder pool, with a losetup and a xenstore that change a folder in place of the kernel's. */
class FolderDisksTest {
    /** A device is open where a file {@code open.<device>} is; direct I/O works unless there is {@code indirect}. */
    private static final String LOSETUP = """
            #!/bin/sh
            cd "$(dirname "$0")"
            case $1 in
              --find)
                n=0
                while [ -e bus/loop$n/loop ]; do n=$((n + 1)); done
                mkdir -p bus/loop$n/loop
                echo "$4" >bus/loop$n/loop/backing_file
                echo 0 >bus/loop$n/loop/autoclear
                if [ "$3" = --direct-io=on ] && [ ! -e indirect ]; then echo 1; else echo 0; fi >bus/loop$n/loop/dio
                echo $(($(stat -c %s "$4") / 512)) >bus/loop$n/size
                echo /dev/loop$n ;;
              -d) loop=bus/${2##*/}/loop
                if [ -e "open.${2##*/}" ]; then echo 1 >"$loop/autoclear"; else rm -r "$loop"; fi ;;
              -c) read -r file <"bus/${2##*/}/loop/backing_file"
                echo $(($(stat -c %s "$file") / 512)) >"bus/${2##*/}/size" ;;
            esac
            """;

    @TempDir
    Path folder;

    /** What one request answered. */
    private record Answer(int code, String said) {}

    @BeforeEach
    void aPoolOfTwoFiles() throws IOException {
        Files.createDirectories(folder.resolve("bus"));
        Files.createDirectories(folder.resolve("vms"));
        Files.writeString(folder.resolve("folders"), "other=/none\nvms=" + folder.resolve("vms") + "\n");
        size("disk-1", 1);
        size("volume-2", 1);
        program("losetup", LOSETUP);
        program("xenstore", "#!/bin/sh\ncat \"$(dirname \"$0\")/guests\"\n");
        Files.createFile(folder.resolve("guests"));
    }

    @Test
    void aFileIsMappedOnceAndUnmapped() throws Exception {
        assertThat(ask("map", "vms", "disk-1")).isEqualTo(new Answer(0, folder.resolve("dev/vms/disk-1") + "\n"));
        assertThat(ask("map", "vms", "disk-1").code()).isZero();
        assertThat(ask("map", "vms", "volume-2").code()).isZero();
        assertThat(ask("mapped").said()).isEqualTo("vms disk-1 /dev/loop0\nvms volume-2 /dev/loop1\n");
        assertThat(Files.readSymbolicLink(folder.resolve("dev/vms/volume-2"))).hasToString("/dev/loop1");
        assertThat(ask("unmap", "vms", "disk-1").code()).isZero();
        assertThat(ask("unmap", "vms", "disk-1").code()).isZero();
        assertThat(folder.resolve("dev/vms/disk-1")).doesNotExist();
        assertThat(ask("unmap-all").code()).isZero();
        assertThat(ask("mapped").said()).isEmpty();
    }

    @Test
    void aFileSystemWithoutDirectReadsAndWritesIsRefused() throws Exception {
        Files.createFile(folder.resolve("indirect"));
        Answer answer = ask("map", "vms", "disk-1");
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.said()).contains("takes no direct I/O");
        assertThat(ask("mapped").said()).isEmpty();
        assertThat(ask("map", "vms", "disk-7").said()).contains("there is no disk-7.raw");
    }

    @Test
    void whatAGuestHasStaysMapped() throws Exception {
        ask("map", "vms", "disk-1");
        Files.writeString(
                folder.resolve("guests"), "/vbd/7/51712/params = \"" + folder.resolve("dev/vms/disk-1") + "\"\n");
        Answer answer = ask("unmap", "vms", "disk-1");
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.said()).contains("vms/disk-1 is in use as /dev/loop0");
        assertThat(ask("mapped").said()).isEqualTo("vms disk-1 /dev/loop0\n");
        Files.writeString(folder.resolve("guests"), "");
        assertThat(ask("release", "vms", "disk-1").code()).isZero();
        assertThat(ask("mapped").said()).as("nobody marked it as leaving").isEqualTo("vms disk-1 /dev/loop0\n");
        Files.createFile(folder.resolve("locks/leaving.vms.disk-1"));
        assertThat(ask("release", "vms", "disk-1").code()).isZero();
        assertThat(ask("mapped").said()).isEmpty();
        assertThat(folder.resolve("locks/leaving.vms.disk-1")).doesNotExist();
    }

    /** A device that goes away with its last user is no good for the next one. */
    @Test
    void whatIsStillOpenIsNotGivenToTheNext() throws Exception {
        ask("map", "vms", "disk-1");
        Files.createFile(folder.resolve("open.loop0"));
        assertThat(ask("unmap", "vms", "disk-1").said()).contains("leaves when closed");
        ask("map", "vms", "disk-1");
        assertThat(Files.readSymbolicLink(folder.resolve("dev/vms/disk-1"))).hasToString("/dev/loop1");
        assertThat(ask("unmap-all").said()).contains("still mapped: vms disk-1 /dev/loop0");
    }

    @Test
    void aFileThatHasGrownIsSeen() throws Exception {
        ask("map", "vms", "volume-2");
        size("volume-2", 3);
        assertThat(ask("grow", "vms").code()).isZero();
        assertThat(folder.resolve("bus/loop0/size")).hasContent(Integer.toString(3 * 2_048));
    }

    /** With the kernel's own loop devices, where a test may have them. */
    @Test
    void theKernelDoesTheSame() throws Exception {
        assumeTrue(
                Files.isWritable(Path.of("/dev/loop-control")) && Files.isDirectory(Path.of("/sys/block/loop0")),
                "the kernel's loop devices are not to be had: needs root and /dev/loop-control");
        Map<String, String> kernel = Map.of("FOLDER_BUS", "/sys/block", "FOLDER_LOSETUP", "losetup");
        try {
            assertThat(ask(kernel, "map", "vms", "volume-2").code()).isZero();
            String device = Files.readSymbolicLink(folder.resolve("dev/vms/volume-2"))
                    .getFileName()
                    .toString();
            assertThat(Path.of("/sys/block", device, "loop/dio")).hasContent("1");
            size("volume-2", 2);
            assertThat(ask(kernel, "grow", "vms").code()).isZero();
            assertThat(Path.of("/sys/block", device, "size")).hasContent(Integer.toString(2 * 2_048));
        } finally {
            assertThat(ask(kernel, "unmap-all")).isEqualTo(new Answer(0, ""));
        }
    }

    private void size(String image, int mib) throws IOException {
        try (var file = new java.io.RandomAccessFile(
                folder.resolve("vms/" + image + ".raw").toFile(), "rw")) {
            file.setLength((long) mib << 20);
        }
    }

    private void program(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private Answer ask(String... request) throws IOException, InterruptedException {
        return ask(Map.of(), request);
    }

    private Answer ask(Map<String, String> kernel, String... request) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(Home.find().resolve("deploy/host/lpm-dom0").toString());
        builder.command().addAll(java.util.List.of(request));
        builder.environment()
                .putAll(Map.of(
                        "RBD_BUS", folder.resolve("rbd").toString(),
                        "FOLDERS", folder.resolve("folders").toString(),
                        "FOLDER_BUS", folder.resolve("bus").toString(),
                        "FOLDER_LOSETUP", folder.resolve("losetup").toString(),
                        "FOLDER_XENSTORE", folder.resolve("xenstore").toString(),
                        "DISK_DEV", folder.resolve("dev").toString(),
                        "DISK_LOCKS", folder.resolve("locks").toString()));
        builder.environment().putAll(kernel);
        Path said = folder.resolve("said");
        Process process =
                builder.redirectErrorStream(true).redirectOutput(said.toFile()).start();
        try {
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            return new Answer(process.exitValue(), Files.readString(said));
        } finally {
            process.destroyForcibly();
        }
    }
}
