package lpm.hostagent.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;
import lpm.hostagent.probe.PauseProbe.Measured;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that answers like {@code ping} and waits for the switch-over in between. */
class PingProbeTest {
    private static final MigrationId MOVE = new MigrationId(3);
    private static final Instant SWITCH = Instant.ofEpochSecond(1_000, 500_000_000);

    @TempDir
    Path folder;

    private Optional<PingProbe> begun = Optional.empty();

    private PingProbe begin(String script) throws Exception {
        Path program = folder.resolve("ping");
        Files.writeString(
                program, "#!/bin/sh\ncd " + folder + "\necho \"$*\" >arguments\n" + script + "\nexec sleep 600\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        PingProbe probe = new PingProbe(program.toString(), () -> SWITCH);
        begun = Optional.of(probe);
        probe.begin(MOVE, new LinodeId(7), List.of("192.0.2.7", "2001:db8::7/128"));
        return probe;
    }

    private static String answer(String time) {
        return "echo '[" + time + "] 64 bytes from 192.0.2.7: icmp_seq=1 ttl=64 time=0.1 ms'\n";
    }

    @AfterEach
    void leavesNothingBehind() {
        begun.ifPresent(probe -> probe.end(MOVE));
        await().until(() -> children().isEmpty());
    }

    private List<ProcessHandle> children() {
        return ProcessHandle.current()
                .descendants()
                .filter(each -> each.info().commandLine().orElse("").contains(folder.toString()))
                .toList();
    }

    @Test
    void measuresTheSilenceAroundTheSwitchOver() throws Exception {
        PingProbe probe = begin(answer("1000.000000") + answer("1000.200000") + "touch told\n"
                + "until [ -e resumed ]; do sleep 0.05; done\n" + answer("1001.150000") + answer("1004.160000"));
        await().until(() -> Files.exists(folder.resolve("told")));
        probe.switchingOver(MOVE);
        Files.createFile(folder.resolve("resumed"));
        await().until(() -> probe.measured(MOVE).isPresent());
        assertThat(probe.measured(MOVE)).contains(new Measured(3_010, "ping"));
        assertThat(Files.readString(folder.resolve("arguments")).strip())
                .isEqualTo("-n -O -D -i 0.02 -c 30000 192.0.2.7");
        probe.end(MOVE);
        assertThat(probe.measured(MOVE)).isEmpty();
    }

    @Test
    void whereThereIsNoPingThereIsNothingToTell() {
        PingProbe probe = new PingProbe(folder.resolve("missing").toString(), () -> SWITCH);
        probe.begin(MOVE, new LinodeId(7), List.of("192.0.2.7"));
        probe.switchingOver(MOVE);
        assertThat(probe.measured(MOVE)).isEmpty();
        probe.end(MOVE);
    }

    @Test
    void aNewProbeOfTheSameMigrationTakesThePlaceOfTheOld() throws Exception {
        PingProbe probe = begin("");
        await().until(() -> Files.exists(folder.resolve("arguments")));
        probe.begin(MOVE, new LinodeId(7), List.of("192.0.2.7"));
        await().until(() -> children().size() <= 1);
    }
}
