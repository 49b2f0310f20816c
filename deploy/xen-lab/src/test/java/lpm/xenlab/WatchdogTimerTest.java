package lpm.xenlab;

import static org.assertj.core.api.Assertions.assertThat;

import lpm.xenlab.WatchdogTimer.Action;
import org.junit.jupiter.api.Test;

class WatchdogTimerTest {
    private static final long LIMIT = 20_000;
    private final WatchdogTimer timer = new WatchdogTimer(LIMIT);

    @Test
    void aHostWithoutAnAgentIsLeftAlone() {
        assertThat(timer.due(Long.MAX_VALUE / 2)).isEqualTo(Action.NONE);
    }

    @Test
    void isDueOneLimitAfterTheRenewalWasSentNotAfterItArrived() {
        timer.pet(100_000, 5_000);

        assertThat(timer.due(114_999)).isEqualTo(Action.NONE);
        assertThat(timer.due(115_000)).isEqualTo(Action.PAUSE);
    }

    @Test
    void anActionStaysDueUntilItWasDone() {
        timer.pet(0, 0);

        assertThat(timer.due(LIMIT)).isEqualTo(Action.PAUSE);
        assertThat(timer.due(LIMIT + 1)).isEqualTo(Action.PAUSE);
        timer.done(Action.PAUSE);
        assertThat(timer.due(LIMIT + 2)).isEqualTo(Action.NONE);
        assertThat(timer.paused()).isTrue();
    }

    @Test
    void aFreshPetLetsAPausedHostGoOnAndAnOldOneDoesNot() {
        timer.pet(0, 0);
        timer.done(Action.PAUSE);

        timer.pet(30_000, LIMIT);
        assertThat(timer.due(30_000)).isEqualTo(Action.NONE);
        timer.pet(30_000, LIMIT - 1);
        assertThat(timer.due(30_000)).isEqualTo(Action.CONTINUE);
        timer.done(Action.CONTINUE);
        assertThat(timer.paused()).isFalse();
        assertThat(timer.due(30_001)).isEqualTo(Action.PAUSE);
    }

    @Test
    void aPetThatOvertookAnotherDoesNotShortenTheTime() {
        timer.pet(10_000, 0);
        timer.pet(10_001, 9_000);

        assertThat(timer.due(29_999)).isEqualTo(Action.NONE);
        assertThat(timer.due(30_000)).isEqualTo(Action.PAUSE);
    }

    @Test
    void anOldPetArmsNothing() {
        timer.pet(50_000, LIMIT + 1);

        assertThat(timer.due(50_000)).isEqualTo(Action.NONE);
        assertThat(timer.due(500_000)).isEqualTo(Action.NONE);
    }

    @Test
    void aRefusedRenewalResetsTheHostWhateverElseIsSo() {
        timer.pet(0, 0);
        timer.done(Action.PAUSE);
        timer.revoke();
        timer.pet(1, 0);

        assertThat(timer.due(2)).isEqualTo(Action.RESET);
        timer.done(Action.RESET);
        assertThat(timer.due(Long.MAX_VALUE / 2)).isEqualTo(Action.NONE);
        assertThat(timer.paused()).isFalse();
    }

    @Test
    void aHostThatStartsAnewIsNotWatchedUntilTheNextPet() {
        timer.pet(0, 0);
        timer.done(Action.PAUSE);
        timer.rest();

        assertThat(timer.due(LIMIT * 2)).isEqualTo(Action.NONE);
        timer.pet(LIMIT * 2, 0);
        assertThat(timer.due(LIMIT * 3)).isEqualTo(Action.PAUSE);
    }

    @Test
    void aHostThatStoodStillForLongStartsAnew() {
        timer.pet(0, 0);
        assertThat(timer.due(LIMIT)).isEqualTo(Action.PAUSE);
        timer.done(Action.PAUSE);

        assertThat(timer.due(LIMIT + WatchdogTimer.PATIENCE_MILLIS - 1)).isEqualTo(Action.NONE);
        assertThat(timer.due(LIMIT + WatchdogTimer.PATIENCE_MILLIS)).isEqualTo(Action.RESET);
        timer.done(Action.RESET);
        assertThat(timer.due(100_000)).isEqualTo(Action.NONE);
    }
}
