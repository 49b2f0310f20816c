package lpm.xenlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import lpm.local.Progress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchdogTest {
    @TempDir
    Path folder;

    private final FakeHost host = new FakeHost();
    private Watchdog watchdog;
    private SocketChannel agent;
    private BufferedReader answers;

    @BeforeEach
    void connect() throws IOException {
        Path socket = folder.resolve("watchdog.sock");
        watchdog = new Watchdog(host, socket, Duration.ofMillis(400), new Progress(System.out));
        agent = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        answers = new BufferedReader(Channels.newReader(agent, StandardCharsets.UTF_8));
    }

    @AfterEach
    void disconnect() throws IOException {
        agent.close();
        watchdog.close();
    }

    private String say(String line) throws IOException {
        agent.write(StandardCharsets.UTF_8.encode(line + "\n"));
        return answers.readLine();
    }

    @Test
    void stopsASilentHostAndLetsItGoOnWhenItsAgentIsBack() throws IOException {
        assertThat(say("pet 0")).isEqualTo("ok");
        await().until(() -> host.done.equals(List.of("stop")) && watchdog.paused());

        assertThat(say("pet 10")).isEqualTo("ok");
        await().until(() -> host.done.subList(0, 2).equals(List.of("stop", "proceed")));
    }

    @Test
    void resetsAHostWhoseRenewalWasRefused() throws IOException {
        assertThat(say("revoked")).isEqualTo("ok");

        await().until(() -> host.done.equals(List.of("reset")));
    }

    @Test
    void triesAgainWhatFailed() throws IOException {
        host.failures.set(3);
        say("pet 0");

        await().until(() -> host.done.equals(List.of("stop")));
        assertThat(host.failures).hasValue(0);
    }

    @Test
    void forgetsAHostThatWasSwitchedOff() throws IOException {
        say("pet 0");
        await().until(watchdog::paused);
        host.process.set(-1);
        await().until(() -> !watchdog.paused());
        host.process.set(8);
        await().during(Duration.ofMillis(800)).until(() -> host.done.equals(List.of("stop")));
    }

    @Test
    void tellsWhatItExpected() throws IOException {
        assertThat(say("pat 3")).contains("expected `pet <milliseconds>` or `revoked`", "pat 3");
    }

    private static final class FakeHost implements Watchdog.Host {
        private final List<String> done = new CopyOnWriteArrayList<>();
        private final AtomicInteger failures = new AtomicInteger();
        private final AtomicLong process = new AtomicLong(7);

        @Override
        public String name() {
            return "fake";
        }

        @Override
        public long process() {
            return process.get();
        }

        @Override
        public void stop() throws IOException {
            act("stop");
        }

        @Override
        public void proceed() throws IOException {
            act("proceed");
        }

        @Override
        public void reset() throws IOException {
            act("reset");
        }

        private void act(String what) throws IOException {
            if (failures.get() > 0) {
                failures.decrementAndGet();
                throw new IOException("planned");
            }
            done.add(what);
        }
    }
}
