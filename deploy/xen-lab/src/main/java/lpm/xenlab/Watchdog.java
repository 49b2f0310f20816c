package lpm.xenlab;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import lpm.local.LocalFailure;
import lpm.local.Progress;
import lpm.local.Waiting;

/**
 * A host's watchdog, outside of the host. Takes lines {@code pet <milliseconds since the renewal was sent>} and
 * {@code revoked} on a socket and answers each with {@code ok}.
 */
final class Watchdog implements AutoCloseable {
    /** A host whose renewals go unanswered for so long stands still. */
    static final Duration LIMIT = Duration.ofSeconds(20);

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final long NANOS_PER_MILLI = 1_000_000;

    /** What the watchdog can do to its host; an exception when it could not. */
    interface Host {
        String name();

        /** The process that is it; -1 while it is off. */
        long process();

        void stop() throws IOException;

        void proceed() throws IOException;

        void reset() throws IOException;
    }

    private final Host host;
    private final Path socket;
    private final Progress progress;
    private final Duration limit;
    private final WatchdogTimer timer;
    private final ServerSocketChannel server;

    private long watched = -1;
    private String lastTrouble = "";

    Watchdog(Host host, Path socket, Duration limit, Progress progress) {
        this.limit = limit;
        this.timer = new WatchdogTimer(limit.toMillis());
        this.host = host;
        this.socket = socket;
        this.progress = progress;
        try {
            Files.deleteIfExists(socket);
            server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            throw new LocalFailure("The watchdog cannot listen on " + socket + ": " + e.getMessage() + ".", e);
        }
        Thread.ofVirtual().name("watchdog-door-" + host.name()).start(this::accept);
        Thread.ofPlatform().daemon().name("watchdog-" + host.name()).start(this::watch);
    }

    Path socket() {
        return socket;
    }

    synchronized boolean paused() {
        return timer.paused();
    }

    private static long now() {
        return System.nanoTime() / NANOS_PER_MILLI;
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                SocketChannel agent = server.accept();
                Thread.ofVirtual().name("pets-" + host.name()).start(() -> serve(agent));
            } catch (IOException e) {
                if (server.isOpen()) {
                    progress.say("The watchdog of %s cannot accept: %s", host.name(), e);
                    throw new LocalFailure("The watchdog of " + host.name() + " is deaf: " + e + ".", e);
                }
            }
        }
    }

    private void serve(SocketChannel agent) {
        try (agent;
                BufferedReader lines = new BufferedReader(Channels.newReader(agent, StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            while (line != null) {
                agent.write(StandardCharsets.UTF_8.encode(answer(line) + "\n"));
                line = lines.readLine();
            }
        } catch (IOException e) {
            progress.say("The agent of %s left its watchdog: %s", host.name(), e);
        }
    }

    /** To one line of an agent. */
    synchronized String answer(String line) {
        meet();
        if (line.equals("revoked")) {
            timer.revoke();
            return "ok";
        }
        if (line.matches("pet \\d{1,15}")) {
            timer.pet(now(), Long.parseLong(line.substring("pet ".length())));
            return "ok";
        }
        return "expected `pet <milliseconds>` or `revoked`, found: " + line;
    }

    private void watch() {
        while (server.isOpen()) {
            look();
            Waiting.nap(PAUSE);
        }
    }

    /** A host that starts anew holds nothing that would have to be watched. */
    private synchronized long meet() {
        long process = host.process();
        if (process != watched) {
            timer.rest();
            watched = process;
        }
        return process;
    }

    private synchronized void look() {
        long process = meet();
        if (process < 0) {
            return;
        }
        WatchdogTimer.Action action = timer.due(now());
        try {
            act(action);
            timer.done(action);
            lastTrouble = "";
        } catch (IOException | RuntimeException e) {
            // tried again at the next look
            String trouble = action + ": " + e.getMessage();
            if (!trouble.equals(lastTrouble)) {
                progress.say("The watchdog of %s could not %s", host.name(), trouble);
                lastTrouble = trouble;
            }
        }
    }

    private void act(WatchdogTimer.Action action) throws IOException {
        switch (action) {
            case NONE -> {}
            case PAUSE -> {
                host.stop();
                progress.say("The watchdog stopped %s: no renewal for %d s", host.name(), limit.toSeconds());
            }
            case CONTINUE -> {
                host.proceed();
                progress.say("The watchdog let %s go on", host.name());
            }
            case RESET -> {
                progress.say("The watchdog resets %s: its renewal was refused or did not come", host.name());
                host.reset();
            }
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            throw new LocalFailure("The watchdog's socket " + socket + " cannot be closed: " + e.getMessage(), e);
        }
    }
}
