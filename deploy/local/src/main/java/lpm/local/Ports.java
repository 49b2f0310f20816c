package lpm.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports on 127.0.0.1: free ones are picked once and kept, so that everything has the same address at the next start.
 */
public final class Ports {
    private static final int TRIES = 200;
    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 31_999;

    private final Kept kept;
    private final Map<String, Integer> given = new HashMap<>();

    private Ports(Kept kept) {
        this.kept = kept;
    }

    static Ports in(DataDir dir) {
        return new Ports(Kept.open(dir.of("ports")));
    }

    /** The kept port while it is free, otherwise another one; the same one however often it is asked for. */
    public synchronized int of(String part) {
        return given.computeIfAbsent(part, this::choose);
    }

    private int choose(String part) {
        int port = Integer.parseInt(kept.get(part, () -> Integer.toString(pick())));
        if (given.containsValue(port) || !free(port)) {
            port = pick();
            kept.put(part, Integer.toString(port));
        }
        return port;
    }

    /** The port a part was given. */
    int known(String part) {
        return Integer.parseInt(kept.get(part, () -> "-1"));
    }

    /** How many hosts there are: never fewer than there were. */
    int hosts(int asked) {
        int known = Integer.parseInt(kept.get("hosts", () -> Integer.toString(asked)));
        kept.put("hosts", Integer.toString(Math.max(known, asked)));
        return Math.max(known, asked);
    }

    /** How many brokers Kafka has: as many as it began with. */
    int brokers(int asked) {
        return Integer.parseInt(kept.get("brokers", () -> Integer.toString(asked)));
    }

    static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Below the range from which the system gives ports to outgoing connections, so that a kept port stays free. */
    private int pick() {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST + 1);
            if (!given.containsValue(port) && free(port)) {
                return port;
            }
        }
        throw new LocalFailure("No free port on 127.0.0.1 between " + LOWEST + " and " + HIGHEST + ".");
    }
}
