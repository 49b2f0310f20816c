package lpm.xenlab.scenario;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lpm.local.LocalFailure;
import lpm.local.Waiting;
import lpm.xenlab.XenHost;

/**
 * Sees what may run on each host, asking neither agents nor libvirt: {@code lpm-xen watch} in each dom0 looks every
 * {@value #LOOK_MILLIS} ms and writes to a line of its own, so no fault of network, storage or toolstack concerns it.
 */
final class DoubleRunWitness implements AutoCloseable {
    static final int LOOK_MILLIS = 25;

    private static final Duration READ_EVERY = Duration.ofMillis(10);
    private static final int WIDEST_LINES = 1 << 16;
    private static final double NANOS = 1e9;

    private final List<Tail> tails;
    private volatile boolean closed;

    DoubleRunWitness(List<XenHost> hosts) {
        tails = hosts.stream().map(Tail::new).toList();
        tails.forEach(tail ->
                Thread.ofPlatform().daemon().name("watch-" + tail.host.name()).start(tail::follow));
    }

    /** All that could run since then, oldest first. */
    List<Span> spans(String name, long sinceNanos) {
        return tails.stream()
                .flatMap(tail -> tail.spans().stream())
                .filter(span -> span.name().equals(name) && span.toNanos() - sinceNanos > 0)
                .sorted(Comparator.comparingLong(Span::fromNanos))
                .toList();
    }

    List<DoubleRun> doubles(String name, long sinceNanos) {
        return DoubleRun.among(spans(name, sinceNanos));
    }

    /** The flags of the newest domain of that name on a host; empty when there is none. */
    Optional<String> flags(String host, String name) {
        return tails.stream()
                .filter(tail -> tail.host.name().equals(host))
                .findFirst()
                .flatMap(tail -> tail.flags(name));
    }

    /** How its looks were spread since then. */
    Looks looks(long sinceNanos) {
        List<Double> gaps = tails.stream()
                .flatMap(tail -> tail.gaps(sinceNanos).stream())
                .sorted()
                .toList();
        return gaps.isEmpty()
                ? new Looks(0, 0, 0)
                : new Looks(
                        gaps.size(), Math.round(gaps.get(gaps.size() / 2) * 1000), Math.round(gaps.getLast() * 1000));
    }

    /**
     * Each quarter second's longest time between two looks, in ms.
     *
     * @param quarters how many
     */
    record Looks(int quarters, long medianMillis, long longestMillis) {}

    @Override
    public void close() {
        closed = true;
    }

    /** Follows one host's log; a host that starts anew begins it anew. */
    private final class Tail {
        private final XenHost host;
        private final List<HostSights> boots = new ArrayList<>();
        private final Map<String, WatchLine> newest = new HashMap<>();
        private String rest = "";
        private long position;
        private Object file = "";

        Tail(XenHost host) {
            this.host = host;
        }

        void follow() {
            while (!closed) {
                try {
                    read();
                } catch (IOException e) {
                    throw new LocalFailure("Cannot read " + host.watchLog() + ": " + e.getMessage() + ".", e);
                }
                Waiting.nap(READ_EVERY);
            }
        }

        private void read() throws IOException {
            if (!Files.exists(host.watchLog())) {
                return;
            }
            try (RandomAccessFile log = new RandomAccessFile(host.watchLog().toFile(), "r")) {
                Object now = Files.getAttribute(host.watchLog(), "unix:ino");
                if (log.length() < position || !now.equals(file)) {
                    position = 0;
                    file = now;
                    begin();
                }
                byte[] bytes = new byte[(int) Math.min(WIDEST_LINES, log.length() - position)];
                log.seek(position);
                int count = log.read(bytes);
                if (count > 0) {
                    position += count;
                    take(System.nanoTime(), new String(bytes, 0, count, StandardCharsets.US_ASCII));
                }
            }
        }

        private synchronized void begin() {
            boots.add(new HostSights(host.name(), boots.size() + 1));
            newest.clear();
            rest = "";
        }

        private synchronized void take(long nanos, String text) {
            String all = rest + text;
            int end = all.lastIndexOf('\n') + 1;
            rest = all.substring(end);
            all.substring(0, end).lines().forEach(line -> WatchLine.parse(nanos, line)
                    .ifPresent(this::add));
        }

        private void add(WatchLine line) {
            boots.getLast().add(line);
            if (!line.isPulse()) {
                WatchLine known = newest.get(line.name());
                if (known == null || line.domain() >= known.domain()) {
                    newest.put(line.name(), line);
                }
            }
        }

        synchronized List<Span> spans() {
            return boots.stream().flatMap(boot -> boot.spans().stream()).toList();
        }

        synchronized Optional<String> flags(String name) {
            return Optional.ofNullable(newest.get(name))
                    .map(WatchLine::flags)
                    .filter(flags -> !flags.equals(WatchLine.GONE));
        }

        synchronized List<Double> gaps(long sinceNanos) {
            return boots.stream()
                    .flatMap(boot -> boot.lines().stream())
                    .filter(line -> line.isPulse() && line.receivedNanos() - sinceNanos > 0)
                    .map(WatchLine::figure)
                    .toList();
        }
    }

    static double seconds(long nanos) {
        return nanos / NANOS;
    }
}
