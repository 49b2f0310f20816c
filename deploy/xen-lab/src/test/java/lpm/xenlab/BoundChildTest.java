package lpm.xenlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import lpm.local.Child;
import lpm.local.DataDir;
import lpm.local.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A child that dies with its parent must not die with the thread that happened to start it. */
class BoundChildTest {
    @TempDir
    Path folder;

    @Test
    void outlivesTheThreadThatAskedForIt() throws InterruptedException {
        try (DataDir dir = DataDir.open(folder.resolve("data"))) {
            List<String> command = List.of("setpriv", "--pdeathsig", "KILL", "--", "sleep", "60");
            Child child = new Child(
                    new Child.Spec("bound", command, Map.of(), () -> true, "TERM", Duration.ofSeconds(5)),
                    dir,
                    new Progress(System.out));
            Thread starter = Thread.ofPlatform().start(child::start);
            starter.join();
            long first = child.pid();

            await().during(Duration.ofSeconds(1)).until(() -> child.alive() && child.pid() == first);
            child.close();
            assertThat(child.alive()).isFalse();
        }
    }
}
