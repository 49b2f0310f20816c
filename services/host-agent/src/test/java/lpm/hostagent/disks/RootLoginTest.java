package lpm.hostagent.disks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lpm.contracts.host.RootAccess;
import lpm.hostagent.hypervisor.PortRefusal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On real file systems made by mke2fs, read back by debugfs and checked by e2fsck. */
class RootLoginTest {
    private static final String HASH = "$6$abcdefgh$0123456789";
    private static final String KEY = "ssh-ed25519 AAAAC3Nza me@home";
    private static final String OTHERS = "daemon:*:19000:0:99999:7:::\n";
    private static final RootAccess BOTH = new RootAccess(HASH, List.of(KEY, "ssh-rsa AAAAB3Nza Zoë"));

    @TempDir
    Path folder;

    private Path tree;
    private Path image;

    @BeforeEach
    void hasPrograms() throws IOException {
        assumeThat(Stream.of("/sbin", "/usr/sbin").anyMatch(each -> Files.exists(Path.of(each, "debugfs"))))
                .as("e2fsprogs (debugfs, mke2fs, e2fsck) is not installed")
                .isTrue();
        tree = Files.createDirectory(folder.resolve("tree"));
        image = folder.resolve("image.raw");
    }

    private void distribution() throws IOException {
        Files.createDirectories(tree.resolve("etc"));
        Files.createDirectories(tree.resolve("root"));
        Path shadow = Files.writeString(tree.resolve("etc/shadow"), "root:*:19000:0:99999:7:::\n" + OTHERS);
        Files.setPosixFilePermissions(shadow, PosixFilePermissions.fromString("rw-r-----"));
    }

    private void made(String filesystem) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(image.toFile(), "rw")) {
            bytes.setLength(8L * 1024 * 1024);
        }
        Programs.run("e2fsprogs", "mke2fs", "-q", "-F", "-t", filesystem, "-d", tree.toString(), image.toString());
    }

    private String debugfs(String command) {
        return Programs.run("e2fsprogs", "debugfs", "-R", command, image.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext2", "ext3", "ext4"})
    void rootGetsHashAndKeysAndNothingElseChanges(String filesystem) throws IOException {
        distribution();
        made(filesystem);
        Programs.run("e2fsprogs", "debugfs", "-w", "-R", "sif /etc/shadow gid 42", image.toString());

        assertThat(RootLogin.put(image, BOTH)).isEmpty();

        assertThat(debugfs("cat /etc/shadow")).contains("root:" + HASH + ":19000:0:99999:7:::\n" + OTHERS);
        assertThat(debugfs("stat /etc/shadow")).contains("Mode:  0640").containsPattern("User: +0 +Group: +42 ");
        assertThat(debugfs("cat /root/.ssh/authorized_keys")).contains(KEY + "\nssh-rsa AAAAB3Nza Zoë\n");
        assertThat(debugfs("stat /root/.ssh/authorized_keys"))
                .contains("Mode:  0600")
                .containsPattern("User: +0 +Group: +0 ");
        assertThat(debugfs("stat /root/.ssh")).contains("Mode:  0700").containsPattern("User: +0 +Group: +0 ");
        Programs.run("e2fsprogs", "e2fsck", "-fn", image.toString());
    }

    @Test
    void withoutAPasswordRootKeepsTheOneOfTheImageAndOldKeysGo() throws IOException {
        distribution();
        Files.createDirectories(tree.resolve("root/.ssh"));
        Files.writeString(tree.resolve("root/.ssh/authorized_keys"), "ssh-rsa of the maker of the image");
        made("ext4");

        assertThat(RootLogin.put(image, new RootAccess("", List.of(KEY)))).isEmpty();

        assertThat(debugfs("cat /etc/shadow")).contains("root:*:19000");
        assertThat(debugfs("cat /root/.ssh/authorized_keys")).contains(KEY).doesNotContain("maker");
        Programs.run("e2fsprogs", "e2fsck", "-fn", image.toString());
    }

    @Test
    void tellsWhatAnImageWithoutAccountsHasNoPlaceFor() throws IOException {
        Files.createDirectories(tree.resolve("etc"));
        made("ext4");

        assertThat(RootLogin.put(image, BOTH).orElseThrow())
                .contains("root_pass: the image has no /etc/shadow")
                .contains("authorized_keys: the image has no /root");
        assertThat(RootLogin.put(image, new RootAccess(HASH, List.of()))).isNotEqualTo(Optional.empty());
    }

    @Test
    void refusesWhatIsNoFileSystemOfItsOwn() throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(image.toFile(), "rw")) {
            bytes.setLength(8L * 1024 * 1024);
            bytes.seek(510);
            bytes.write(new byte[] {0x55, (byte) 0xAA});
        }
        assertThatThrownBy(() -> RootLogin.put(image, BOTH))
                .isInstanceOf(PortRefusal.class)
                .hasMessageContaining("without partition table");
    }

    @Test
    void refusesAJournalThatWouldUndoIt() throws IOException {
        distribution();
        made("ext4");
        Programs.run("e2fsprogs", "debugfs", "-w", "-R", "feature needs_recovery", image.toString());
        assertThatThrownBy(() -> RootLogin.put(image, BOTH))
                .isInstanceOf(PortRefusal.class)
                .hasMessageContaining("e2fsck");
    }

    @Test
    void anImageThatIsFullIsRefused() throws IOException {
        distribution();
        made("ext2");
        byte[] more = new byte[9 * 1024 * 1024];
        Arrays.fill(more, (byte) 7);
        Path filler = Files.write(folder.resolve("filler"), more);
        Programs.run("e2fsprogs", "debugfs", "-w", "-R", "write " + filler + " /filler", image.toString());
        assertThatThrownBy(() -> RootLogin.put(image, BOTH))
                .isInstanceOf(PortRefusal.class)
                .hasMessageContaining("is it full?");
    }
}
