package lpm.systemtests.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private long now = 5;

    private Progress progress(boolean terminal) {
        return new Progress(100, new PrintStream(told, true, StandardCharsets.UTF_8), terminal, () -> now);
    }

    private void endedAfterSeconds(Progress progress, int seconds, boolean passed) {
        now += TimeUnit.SECONDS.toNanos(seconds);
        progress.ended(passed);
    }

    private String told() {
        return told.toString(StandardCharsets.UTF_8);
    }

    @Test
    void tellsALineEveryTenSeconds() {
        Progress progress = progress(false);
        for (int i = 1; i <= 9; i++) {
            endedAfterSeconds(progress, 1, i != 3);
        }
        assertThat(told()).isEmpty();
        endedAfterSeconds(progress, 1, true);
        endedAfterSeconds(progress, 9, true);
        progress.clear();
        assertThat(told()).isEqualTo("10 of 100 seeds, 1 failed, 60 seeds per minute, 0:01:30 left\n");
    }

    @Test
    void rewritesOneLineOnATerminal() {
        Progress progress = progress(true);
        endedAfterSeconds(progress, 1, true);
        endedAfterSeconds(progress, 1, false);
        progress.clear();
        progress.clear();
        assertThat(told())
                .isEqualTo("\r\u001b[K1 of 100 seeds, 0 failed, 60 seeds per minute, 0:01:39 left"
                        + "\r\u001b[K2 of 100 seeds, 1 failed, 60 seeds per minute, 0:01:38 left\r\u001b[K");
    }
}
