package lpm.xenlab;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Timer;
import java.util.TimerTask;

/**
 * QEMU's control socket: one command in each connection.
 *
 * @param socket where QEMU listens
 */
record Qmp(Path socket) {
    private static final long LIMIT_MILLIS = 2_000;

    /** Has it done; an exception when QEMU is not there, refuses, or does not answer in time. */
    void execute(String command) throws IOException {
        Timer limit = new Timer("qmp-limit", true);
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            // a channel has no time limit of its own
            limit.schedule(closing(channel), LIMIT_MILLIS);
            BufferedReader answers = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
            answers.readLine();
            ask(channel, answers, "qmp_capabilities");
            ask(channel, answers, command);
        } finally {
            limit.cancel();
        }
    }

    private static TimerTask closing(SocketChannel channel) {
        return new TimerTask() {
            @Override
            public void run() {
                try {
                    channel.close();
                } catch (IOException e) {
                    throw new IllegalStateException("a socket cannot be closed", e);
                }
            }
        };
    }

    private static void ask(SocketChannel channel, BufferedReader answers, String command) throws IOException {
        channel.write(StandardCharsets.UTF_8.encode("{\"execute\":\"" + command + "\"}\n"));
        while (true) {
            String line = answers.readLine();
            if (line == null) {
                throw new EOFException("QEMU hung up on " + command);
            }
            if (line.contains("\"error\"")) {
                throw new IOException("QEMU refused " + command + ": " + line);
            }
            if (line.contains("\"return\"")) {
                return;
            }
        }
    }
}
