package lpm.hostagent.probe;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The longest silence around a switch-over, from the times of a guest's answers: from the last answer before to the
 * first one after, or a longer one that follows while the network still learns where the guest is now.
 */
final class AnswerGap {
    /** After the first answer from the new place so long a silence may still follow that belongs to the move. */
    static final Duration SETTLE = Duration.ofSeconds(3);

    private @Nullable Instant last;
    private @Nullable Instant switchedAt;
    private @Nullable Instant backAt;
    private Duration longest = Duration.ZERO;

    /** The guest answered; times of answers never go back. */
    synchronized void answered(Instant at) {
        Instant before = last;
        last = at;
        Instant switched = switchedAt;
        if (switched == null || before == null || !at.isAfter(switched) || isSettled(before)) {
            return;
        }
        if (backAt == null && before.isAfter(switched)) {
            // it never answered before: nobody knows since when it stood still
            return;
        }
        backAt = backAt == null ? at : backAt;
        Duration gap = Duration.between(before, at);
        longest = gap.compareTo(longest) > 0 ? gap : longest;
    }

    /** The guest stands still now and is about to go on at its new place; only the first time counts. */
    synchronized void switchedOver(Instant at) {
        switchedAt = switchedAt == null ? at : switchedAt;
    }

    /** The silence, once the guest has answered from its new place for {@link #SETTLE}. */
    synchronized Optional<Duration> silence() {
        Instant newest = last;
        return newest != null && isSettled(newest) ? Optional.of(longest) : Optional.empty();
    }

    private boolean isSettled(Instant at) {
        Instant back = backAt;
        return back != null && !at.isBefore(back.plus(SETTLE));
    }
}
