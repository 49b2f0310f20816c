package lpm.platform.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RateLimitsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final RateLimits limits = new RateLimits();

    @Test
    void allowsExactlyTheLimitAndThenTellsWhenToComeBack() {
        for (int left = 9; left >= 0; left--) {
            RateLimits.Verdict verdict = limits.take("1", 10, 30, NOW);
            assertThat(verdict.allowed()).isTrue();
            assertThat(verdict.remaining()).isEqualTo(left);
        }

        RateLimits.Verdict refused = limits.take("1", 10, 30, NOW);

        assertThat(refused.allowed()).isFalse();
        assertThat(refused.retryAfterSeconds()).isEqualTo(3);
        assertThat(refused.resetEpochSeconds()).isEqualTo(NOW.getEpochSecond() + 30);
    }

    @Test
    void aRequestIsAllowedAgainAfterTheToldTime() {
        for (int i = 0; i < 11; i++) {
            limits.take("1", 10, 30, NOW);
        }

        assertThat(limits.take("1", 10, 30, NOW.plusSeconds(2)).allowed()).isFalse();
        assertThat(limits.take("1", 10, 30, NOW.plusSeconds(3)).allowed()).isTrue();
    }

    @Test
    void tokensDoNotDisturbEachOther() {
        limits.take("1", 1, 30, NOW);

        assertThat(limits.take("1", 1, 30, NOW).allowed()).isFalse();
        assertThat(limits.take("2", 1, 30, NOW).allowed()).isTrue();
    }

    @Test
    void aRaisedLimitCountsFromTheNextRefill() {
        limits.take("1", 1, 30, NOW);

        assertThat(limits.take("1", 1000, 30, NOW.plusSeconds(31)).allowed()).isTrue();
        assertThat(limits.take("1", 1000, 30, NOW.plusSeconds(32)).allowed()).isTrue();
    }
}
