package lpm.hostagent.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AnswerGapTest {
    private static final Instant START = Instant.parse("2005-06-01T12:00:00Z");

    private final AnswerGap gap = new AnswerGap();

    private static Instant at(long millis) {
        return START.plusMillis(millis);
    }

    /** An answer every 20 ms. */
    private void answers(long from, long to) {
        for (long each = from; each <= to; each += 20) {
            gap.answered(at(each));
        }
    }

    @Test
    void isTheSilenceFromTheLastAnswerBeforeToTheFirstAfter() {
        answers(0, 1_000);
        gap.switchedOver(at(1_900));
        answers(2_200, 5_100);
        assertThat(gap.silence()).isEmpty();
        answers(5_120, 5_200);
        assertThat(gap.silence()).contains(Duration.ofMillis(1_200));
    }

    @Test
    void aSilenceLongBeforeTheSwitchOverOrLongAfterItIsNoPause() {
        answers(0, 1_000);
        answers(9_000, 10_000);
        gap.switchedOver(at(10_100));
        answers(10_400, 13_400);
        answers(20_000, 20_100);
        assertThat(gap.silence()).contains(Duration.ofMillis(400));
    }

    @Test
    void aLongerSilenceWhileTheNetworkLearnsTheNewPlaceCounts() {
        answers(0, 1_000);
        gap.switchedOver(at(1_100));
        answers(1_200, 1_300);
        answers(2_500, 5_000);
        assertThat(gap.silence()).contains(Duration.ofMillis(1_200));
    }

    @Test
    void aGuestThatNeverAnsweredBeforeHasNoPause() {
        gap.switchedOver(at(1_000));
        answers(1_100, 9_000);
        assertThat(gap.silence()).isEmpty();
    }

    @Test
    void aGuestThatNeverAnswersAgainHasNoPauseYet() {
        answers(0, 1_000);
        gap.switchedOver(at(1_100));
        assertThat(gap.silence()).isEmpty();
        gap.answered(at(30_000));
        assertThat(gap.silence()).isEmpty();
    }

    @Test
    void aRepeatedOrderToResumeMovesNothing() {
        answers(0, 1_000);
        gap.switchedOver(at(1_100));
        answers(1_500, 2_000);
        gap.switchedOver(at(2_000));
        answers(2_020, 5_000);
        assertThat(gap.silence()).contains(Duration.ofMillis(500));
    }

    @Test
    void onlyAnswersAreTakenFromPingsLines() {
        assertThat(PingLine.answeredAt("[1117627200.123456] 64 bytes from 192.0.2.7: icmp_seq=3 ttl=64 time=0.05 ms"))
                .contains(Instant.parse("2005-06-01T12:00:00.123456Z"));
        assertThat(PingLine.answeredAt("[1117627200.123456] no answer yet for icmp_seq=4"))
                .isEmpty();
        assertThat(PingLine.answeredAt("[1117627200.1] From 192.0.2.1 icmp_seq=4 Destination Host Unreachable"))
                .isEmpty();
        assertThat(PingLine.answeredAt("PING 192.0.2.7 (192.0.2.7) 56(84) bytes of data."))
                .isEmpty();
    }
}
