package lpm.xenlab;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import lpm.local.LocalFailure;
import lpm.local.Waiting;

/**
 * Hears what the lab's guests tell their gateway, and when. It asks no hypervisor, so what it says of a guest's pause
 * or of acknowledged writes is independent of them.
 */
public final class GuestWitness implements AutoCloseable {
    private static final int HEARD_ON = 5555;
    private static final int ORDERS_ON = 5556;
    private static final Duration LIMIT = Duration.ofSeconds(5);

    /**
     * One line of a guest.
     *
     * @param nanos when it came, on this process's monotonic clock
     * @param address of the guest
     * @param kind TICK, ACK, FOUND, SIZE, WRITE-ERROR, READ-ERROR or FOREIGN
     * @param words what follows the kind, such as the disk and the sequence
     */
    public record Heard(long nanos, String address, String kind, List<String> words) {
        public Heard {
            words = List.copyOf(words);
        }

        /** The number at that place. */
        public long number(int word) {
            return Long.parseLong(words.get(word));
        }

        static Heard of(long nanos, String line) {
            List<String> parts = List.of(line.strip().split(" "));
            if (parts.size() < 3) {
                throw new IllegalArgumentException("expected `<address> <kind> <words>`, found: " + line);
            }
            return new Heard(nanos, parts.get(0), parts.get(1), parts.subList(2, parts.size()));
        }
    }

    private final Namespace namespace;
    private final Process listener;
    private final List<Heard> all = new ArrayList<>();

    /** Listens inside the namespace from now on. */
    public GuestWitness(Namespace namespace) {
        this.namespace = namespace;
        try {
            listener = new ProcessBuilder(namespace.exec(
                            "socat", "-u", "UDP4-RECV:" + HEARD_ON + ",reuseaddr,rcvbuf=1048576", "STDOUT"))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new LocalFailure("Cannot listen to guests: " + e.getMessage() + ".", e);
        }
        Thread.ofPlatform().daemon().name("guest-witness").start(this::listen);
    }

    private void listen() {
        try (BufferedReader lines = listener.inputReader(StandardCharsets.US_ASCII)) {
            String line = lines.readLine();
            while (line != null) {
                hear(Heard.of(System.nanoTime(), line));
                line = lines.readLine();
            }
        } catch (IOException e) {
            if (listener.isAlive()) {
                throw new LocalFailure("The guests cannot be heard any more: " + e.getMessage() + ".", e);
            }
        }
    }

    private synchronized void hear(Heard heard) {
        all.add(heard);
    }

    /** All lines of one kind of one guest, in the order they came. */
    public synchronized List<Heard> heard(String address, String kind) {
        return all.stream()
                .filter(h -> h.address().equals(address) && h.kind().equals(kind))
                .toList();
    }

    /** The first such line after that time; waits for it, a failure when it does not come. */
    public Heard await(String what, long afterNanos, Duration limit, Predicate<Heard> wanted) {
        return Waiting.until("to hear " + what, limit, () -> look(afterNanos, wanted));
    }

    private synchronized Waiting.Look<Heard> look(long afterNanos, Predicate<Heard> wanted) {
        return all.stream()
                .filter(heard -> heard.nanos() - afterNanos >= 0 && wanted.test(heard))
                .findFirst()
                .map(Waiting.Look::ready)
                .orElseGet(() -> Waiting.Look.notYet(all.isEmpty() ? "nothing" : "at last " + all.getLast()));
    }

    /** The highest sequence of that disk whose write was acknowledged; 0 for none. */
    public long acknowledged(String address, String disk) {
        return heard(address, "ACK").stream()
                .filter(h -> h.words().getFirst().equals(disk))
                .mapToLong(h -> h.number(1))
                .max()
                .orElse(0);
    }

    /** The longest time without a tick since then, the time until now included. */
    public Duration longestSilence(String address, long sinceNanos) {
        long last = sinceNanos;
        long longest = 0;
        for (Heard tick : heard(address, "TICK")) {
            if (tick.nanos() - sinceNanos >= 0) {
                longest = Math.max(longest, tick.nanos() - last);
                last = tick.nanos();
            }
        }
        return Duration.ofNanos(Math.max(longest, System.nanoTime() - last));
    }

    /** Has it: {@code dirty <MiB/s>}, {@code write <ms between>}, {@code verify}, {@code poweroff}, {@code reboot}. */
    public void order(String address, String order) {
        Run.ok(LIMIT, namespace.exec("socat", "-u", "STDIN", "UDP4-SENDTO:" + address + ":" + ORDERS_ON), order);
    }

    @Override
    public void close() {
        listener.destroy();
    }
}
