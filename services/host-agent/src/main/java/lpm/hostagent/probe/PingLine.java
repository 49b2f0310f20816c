package lpm.hostagent.probe;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One line of {@code ping -D}: {@code [1117627200.123456] 64 bytes from 192.0.2.7: icmp_seq=3 ttl=64 time=0.05 ms}. */
final class PingLine {
    private static final Pattern ANSWER =
            Pattern.compile("^\\[(\\d{1,12})\\.(\\d{6})] \\d+ bytes from .*icmp_seq=\\d+ .*");
    private static final long NANOS_PER_MICRO = 1_000;

    private PingLine() {}

    /** When the answer came; empty for every other line. */
    static Optional<Instant> answeredAt(String line) {
        Matcher found = ANSWER.matcher(line);
        return found.matches()
                ? Optional.of(Instant.ofEpochSecond(
                        Long.parseLong(found.group(1)), Long.parseLong(found.group(2)) * NANOS_PER_MICRO))
                : Optional.empty();
    }
}
