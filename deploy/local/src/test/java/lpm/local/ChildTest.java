package lpm.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private DataDir dir;
    private Child child;

    @BeforeEach
    void start() {
        dir = DataDir.open(folder);
        child = child("echo started; exec sleep 600").start();
    }

    @AfterEach
    void stop() {
        child.stop();
        dir.close();
    }

    private Child child(String script) {
        return child(script, () -> true);
    }

    private Child child(String script, BooleanSupplier ready) {
        return new Child(
                new Child.Spec("sleeper", List.of("sh", "-c", script), Map.of(), ready, "TERM", Duration.ofMillis(500)),
                dir,
                new Progress(new PrintStream(said, true)));
    }

    @Test
    void comesBackWhenItDiesAndIsReported() {
        long first = child.pid();
        child.crash();
        await().atMost(LIMIT).until(() -> child.alive() && child.pid() != first);
        assertThat(said.toString()).contains("sleeper ended with code 137; starting it again in 0.5 s");
    }

    @Test
    void staysDownWhenItIsHaltedUntilItIsStarted() {
        child.halt();
        await().during(Duration.ofSeconds(1)).atMost(LIMIT).until(() -> !child.alive());
        child.start();
        assertThat(child.ready()).isTrue();
    }

    @Test
    void isKilledWhenItDoesNotEndByItself() throws IOException {
        child.stop();
        child = child("trap '' TERM; while true; do sleep 1; done").start();
        await().atMost(LIMIT).until(child::ready);
        child.stop();
        assertThat(child.alive()).isFalse();
        assertThat(PidFile.all(dir.run())).isEmpty();
        assertThat(Files.readString(child.log())).contains("started");
    }

    @Test
    void startsNoMoreOnceRetired() {
        child.retire();
        assertThatThrownBy(child::start).isInstanceOf(LocalFailure.class).hasMessageContaining("being stopped");
    }

    @Test
    void isGivenUpWhenItKeepsDyingWhileItIsWaitedFor() {
        child.stop();
        child = child("echo no such setting; exit 3", () -> false).start();
        assertThatThrownBy(() -> child.awaitReady(Duration.ofMinutes(1)))
                .isInstanceOf(LocalFailure.class)
                .hasMessageContaining("found that it died 5 times")
                .hasMessageContaining("no such setting");
    }

    @Test
    void isNotGivenUpForHavingBeenKilledOnPurpose() {
        for (int i = 0; i < 5; i++) {
            await().atMost(LIMIT).until(child::ready);
            child.crash();
        }
        child.awaitReady(LIMIT);
        assertThat(child.ready()).isTrue();
    }

    @Test
    void pausesLongerWithEveryDeathUpToALimit() {
        assertThat(List.of(1, 2, 3, 50).stream().map(Deaths::pauseAfter))
                .containsExactly(
                        Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(15));
    }

    @Test
    void isALeftoverOnceItsLauncherIsGone() {
        child.disown();
        long leftover = child.pid();
        assertThat(PidFile.all(dir.run())).singleElement().satisfies(note -> assertThat(note.pid())
                .isEqualTo(leftover));
        Leftovers.stop(dir, new Progress(new PrintStream(said, true)));
        assertThat(ProcessHandle.of(leftover).filter(ProcessHandle::isAlive)).isEmpty();
        assertThat(said.toString()).contains("sleeper of an earlier run still runs");
    }

    @Test
    void isNotMistakenForAnotherProcessWithItsNumber() throws IOException {
        Files.writeString(dir.run().resolve("other.pid"), child.pid() + " 1000");
        Leftovers.stop(dir, new Progress(new PrintStream(said, true)));
        assertThat(said.toString()).doesNotContain("other of an earlier run");
    }
}
