package lpm.local.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveTest {
    private static final List<String> OPTIONS = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    @TempDir
    Path folder;

    private Path library;

    @BeforeEach
    void aProgramWithOneLibrary() throws Exception {
        library = folder.resolve("one/lib/jackson.jar");
        Files.createDirectories(library.getParent());
        Files.copy(codeOf(JsonFactory.class), library, StandardCopyOption.COPY_ATTRIBUTES);
    }

    /** A program of ours that uses the library. */
    static final class Ours {
        private Ours() {}

        public static void main(String[] arguments) {
            System.out.println(new JsonFactory().getFormatName());
        }
    }

    private static Path codeOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private ClassArchive of(Path... libraries) {
        return new ClassArchive(folder, List.of(libraries), OPTIONS);
    }

    @Test
    void isAnotherOneForOtherLibrariesOrOptions() throws IOException {
        Path before = of(library).file();
        assertThat(of(library).file()).isEqualTo(before);
        assertThat(new ClassArchive(folder, List.of(library), List.of()).file()).isNotEqualTo(before);
        Files.setLastModifiedTime(library, FileTime.fromMillis(1_000));
        Path touched = of(library).file();
        assertThat(touched).isNotEqualTo(before);
        Files.write(library, new byte[1], StandardOpenOption.APPEND);
        Files.setLastModifiedTime(library, FileTime.fromMillis(1_000));
        assertThat(of(library).file()).isNotEqualTo(touched);
    }

    @Test
    void isTheSameForLibrariesThatLieAlikeElsewhere() throws IOException {
        Path patches = Files.writeString(folder.resolve("one/patches.jar"), "");
        Path there = folder.resolve("two/lib/jackson.jar");
        Path patchesThere = folder.resolve("two/patches.jar");
        Files.createDirectories(there.getParent());
        Files.copy(library, there, StandardCopyOption.COPY_ATTRIBUTES);
        Files.copy(patches, patchesThere, StandardCopyOption.COPY_ATTRIBUTES);
        assertThat(of(patchesThere, there).file())
                .isEqualTo(of(patches, library).file())
                .isNotEqualTo(of(there, patchesThere).file())
                .isNotEqualTo(of(there).file());
    }

    @Test
    void aProgramStartsWithItAndWithoutIt() throws Exception {
        Program program = new Program(
                of(library), List.of(codeOf(Ours.class)), List.of("-Xlog:class+load"), Ours.class.getName());
        Path lists = Files.createDirectory(folder.resolve("lists"));
        Path list = lists.resolve("seen");
        assertThat(program.archive().exists()).isFalse();
        assertThat(run(program, List.of("-XX:DumpLoadedClassList=" + list)))
                .contains("com.fasterxml.jackson.core.JsonFactory source: file:");
        Files.write(list, List.of("no/such/Type id: 9", "a/b/C source: /elsewhere id: 7"), StandardOpenOption.APPEND);

        Path made = new ClassRecording(lists).make(program.archive(), List.of(list, list));
        assertThat(made).isEqualTo(program.archive().file()).exists();
        assertThat(run(program, List.of()))
                .contains("com.fasterxml.jackson.core.JsonFactory source: shared objects file")
                .doesNotContain("com.fasterxml.jackson.core.JsonFactory source: file:");

        damage(made);
        assertThat(run(program, List.of())).contains("com.fasterxml.jackson.core.JsonFactory source: file:");
    }

    @Test
    void whatCannotBeMadeIsToldInTheWordsOfJava() throws Exception {
        ClassArchive archive = new ClassArchive(folder, List.of(library), List.of("-XX:+NoSuchThing"));
        Path list = Files.writeString(folder.resolve("seen"), "java/lang/Object\n");
        assertThatThrownBy(() -> new ClassRecording(folder).make(archive, List.of(list)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("NoSuchThing");
        assertThat(archive.exists()).isFalse();
    }

    private static void damage(Path archive) throws IOException {
        byte[] bytes = Files.readAllBytes(archive);
        for (int i = bytes.length / 2; i < bytes.length / 2 + 65_536; i++) {
            bytes[i] ^= 0x55;
        }
        Files.write(archive, bytes);
    }

    /** What it says, classes and where they come from included. */
    private static String run(Program program, List<String> more) throws Exception {
        List<String> command = new ArrayList<>(program.command("-Xmx64m", List.of()));
        command.addAll(1, more);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(words).isZero();
        return words;
    }
}
