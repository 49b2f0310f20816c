package lpm.platform.rest;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Token buckets in memory, one per token and kind of limit. Soft state: a restart forgives, and each replica counts for
 * itself.
 */
@Singleton
public final class RateLimits {
    /** Buckets kept at most; beyond it the full ones (which forget nothing) are dropped. */
    static final int MAX_BUCKETS = 50_000;

    private static final double MILLIS_PER_SECOND = 1000;

    private final ConcurrentMap<String, Bucket> buckets = new ConcurrentHashMap<>();

    /** What one request found. {@code retryAfterSeconds} counts only where it was not allowed. */
    public record Verdict(boolean allowed, int limit, int remaining, long resetEpochSeconds, long retryAfterSeconds) {}

    private record Bucket(double left, long atMillis, double capacity, double perMilli) {
        Bucket at(long nowMillis, int limit, int windowSeconds) {
            double rate = limit / (windowSeconds * MILLIS_PER_SECOND);
            double filled = left + Math.max(0, nowMillis - atMillis) * perMilli;
            return new Bucket(Math.min(limit, filled), nowMillis, limit, rate);
        }

        boolean full(long nowMillis) {
            return left + (nowMillis - atMillis) * perMilli >= capacity;
        }
    }

    /** Takes one request out of a bucket of {@code limit} that fills up within the window. */
    public Verdict take(String key, int limit, int windowSeconds, Instant now) {
        long millis = now.toEpochMilli();
        if (buckets.size() > MAX_BUCKETS) {
            buckets.values().removeIf(each -> each.full(millis));
        }
        boolean[] allowed = new boolean[1];
        Bucket after = buckets.compute(key, (_, old) -> {
            Bucket filled = old == null
                    ? new Bucket(limit, millis, limit, limit / (windowSeconds * MILLIS_PER_SECOND))
                    : old.at(millis, limit, windowSeconds);
            allowed[0] = filled.left() >= 1;
            return allowed[0] ? new Bucket(filled.left() - 1, millis, filled.capacity(), filled.perMilli()) : filled;
        });
        return verdict(allowed[0], limit, after, now);
    }

    private static Verdict verdict(boolean allowed, int limit, Bucket after, Instant now) {
        double perSecond = Math.max(after.perMilli() * MILLIS_PER_SECOND, 1e-9);
        long untilFull = (long) Math.ceil((limit - after.left()) / perSecond);
        long untilOne = Math.max(1, (long) Math.ceil((1 - after.left()) / perSecond));
        return new Verdict(allowed, limit, (int) after.left(), now.getEpochSecond() + untilFull, untilOne);
    }
}
