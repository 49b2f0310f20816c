package lpm.storage.fence;

import static lpm.storage.Some.A;
import static lpm.storage.Some.B;
import static lpm.storage.Some.C;
import static lpm.storage.Some.POOL;
import static lpm.storage.Some.POOL2;
import static lpm.storage.Some.REGION;
import static lpm.storage.Some.host;
import static lpm.storage.Some.knowing;
import static lpm.storage.Some.told;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import lpm.contracts.Command;
import lpm.contracts.HostRef;
import lpm.contracts.PoolId;
import lpm.contracts.host.HostCommand.RevokeLease;
import lpm.contracts.scheduler.HostEvent.HostFenced;
import lpm.contracts.scheduler.HostEvent.HostSuspected;
import lpm.contracts.storage.FenceEvent;
import lpm.contracts.storage.FenceEvent.FenceConfirmed;
import lpm.contracts.storage.FenceEvent.FenceDelayed;
import lpm.contracts.storage.FenceEvent.FenceRefused;
import lpm.contracts.storage.FenceEvent.FenceRequested;
import lpm.contracts.storage.FenceEvent.PoolFenced;
import lpm.platform.DeciderSpec;
import lpm.platform.Reaction;
import lpm.platform.rows.InMemoryRows;
import lpm.storage.fence.FenceCommand.Delay;
import lpm.storage.fence.FenceCommand.NoteFresh;
import lpm.storage.fence.FenceCommand.NoteRevoked;
import lpm.storage.fence.FenceCommand.NoteStopped;
import lpm.storage.fence.FenceCommand.Revoke;
import lpm.storage.known.KnownHosts;
import org.junit.jupiter.api.Test;

class FenceDeciderTest {
    private static final long W = 20_000;

    private static DeciderSpec<FenceCommand, FenceState, FenceEvent> nothing() {
        return DeciderSpec.of(new FenceDecider());
    }

    private static Revoke revoke(HostRef by, boolean dead, long after, PoolId... pools) {
        return new Revoke(A, REGION, by, List.of(pools), dead, after);
    }

    private static FenceEvent requested(HostRef by, long min, PoolId... pools) {
        return new FenceRequested(A, REGION, by, List.of(pools), min);
    }

    @Test
    void confirmsOnlyAfterThePoolRefusesTheHostAndRHasPassed() {
        nothing()
                .when(revoke(B, false, FenceCommand.FIRST, POOL))
                .then(requested(B, W, POOL))
                .when(new NoteStopped(A, POOL))
                .thenNothing()
                .when(new NoteRevoked(A, POOL, 21_000))
                .then(new PoolFenced(A, POOL, 21_000))
                .when(new NoteRevoked(A, POOL, 21_000))
                .thenNothing()
                .when(new NoteStopped(A, POOL))
                .then(new FenceConfirmed(A))
                .when(new NoteStopped(A, POOL))
                .thenNothing();
    }

    @Test
    void aRenewedLeaseRefusesTheFence() {
        nothing()
                .given(requested(B, W, POOL))
                .when(new NoteFresh(A, POOL, 3_000))
                .then(new FenceRefused(A, "its lease is seen unrenewed for 3000 ms only"))
                .when(new NoteRevoked(A, POOL, 21_000))
                .thenNothing()
                .when(revoke(B, false, FenceCommand.FIRST, POOL))
                .then(requested(B, W, POOL));
    }

    @Test
    void aHostDeclaredDeadIsFencedAlthoughItsLeaseIsFresh() {
        nothing().when(revoke(B, true, FenceCommand.FIRST, POOL)).then(requested(B, 0, POOL));
        nothing()
                .given(requested(B, W, POOL))
                .when(revoke(C, true, FenceCommand.FIRST, POOL))
                .then(requested(C, 0, POOL))
                .when(new NoteFresh(A, POOL, 3_000))
                .thenNothing();
    }

    @Test
    void halfAFenceBecomesAWholeOne() {
        nothing()
                .given(requested(B, W, POOL, POOL2), new PoolFenced(A, POOL, 21_000))
                .when(new NoteStopped(A, POOL))
                .thenNothing()
                .when(new NoteFresh(A, POOL2, 3_000))
                .then(requested(B, 0, POOL2))
                .when(new NoteRevoked(A, POOL2, 3_500))
                .then(new PoolFenced(A, POOL2, 3_500))
                .when(new NoteStopped(A, POOL))
                .thenNothing()
                .when(new NoteStopped(A, POOL2))
                .then(new FenceConfirmed(A));
    }

    @Test
    void theLastPoolsWaitStartsFromTheMostRecentRenewalAtAnyPool() {
        nothing()
                .given(requested(B, W, POOL, POOL2), new PoolFenced(A, POOL, 20_500))
                .when(new NoteRevoked(A, POOL2, 60_000))
                .then(new PoolFenced(A, POOL2, 20_500));
    }

    @Test
    void asksAnotherHostWhenTheActingOneIsSilent() {
        nothing()
                .given(requested(B, W, POOL))
                .when(revoke(C, false, 5, POOL))
                .thenNothing()
                .when(revoke(C, false, 0, POOL))
                .then(requested(C, W, POOL))
                .when(revoke(C, false, FenceCommand.FIRST, POOL))
                .thenNothing();
    }

    @Test
    void waitsForEverForALiveHost() {
        FenceEvent delayed = new FenceDelayed(A, REGION, false, "nobody");
        nothing()
                .when(new Delay(A, REGION, false, "nobody", FenceCommand.FIRST))
                .then(delayed)
                .when(new Delay(A, REGION, false, "nobody", FenceCommand.FIRST))
                .thenNothing()
                .when(new Delay(A, REGION, false, "nobody", 0))
                .then(delayed)
                .when(revoke(B, false, 1, POOL))
                .then(requested(B, W, POOL));
    }

    @Test
    void factsAboutAnotherRegistrationChangeNothing() {
        HostRef newer = host("a", 2);
        nothing()
                .given(requested(B, W, POOL))
                .when(new NoteRevoked(newer, POOL, 21_000))
                .thenNothing()
                .when(new NoteFresh(newer, POOL, 0))
                .thenNothing();
    }

    @Test
    void answersAgainWhatIsDoneAndFencesANewerRegistrationAnew() {
        var done = nothing().given(requested(B, W, POOL), new PoolFenced(A, POOL, 21_000), new FenceConfirmed(A));
        done.when(revoke(B, false, FenceCommand.FIRST, POOL)).then(new FenceConfirmed(A));
        done.when(revoke(B, false, 0, POOL)).thenNothing();
        HostRef newer = host("a", 2);
        done.when(new Revoke(newer, REGION, B, List.of(POOL), false, FenceCommand.FIRST))
                .then(new FenceRequested(newer, REGION, B, List.of(POOL), W));
    }

    @Test
    void waitsUntilRAfterTheLastRenewal() {
        FenceProcess process = new FenceProcess();
        assertThat(process.react(told(new PoolFenced(A, POOL, 21_000), 1)))
                .containsExactly(Reaction.remind(Duration.ofSeconds(9), new NoteStopped(A, POOL)));
        assertThat(process.react(told(new PoolFenced(A, POOL, 90_000), 1)))
                .containsExactly(Reaction.remind(Duration.ZERO, new NoteStopped(A, POOL)));
    }

    @Test
    void ordersTheRevocationAndChecksThatItIsAnswered() {
        assertThat(new FenceProcess().react(told(requested(B, W, POOL), 4)))
                .containsExactly(
                        Reaction.send(new RevokeLease(B, POOL, A, W)),
                        Reaction.remind(
                                FenceTimes.PATIENCE, new PlanFence(A, REGION, false, 4, Optional.of(B.host()))));
    }

    @Test
    void choosesALiveOtherHostBeforeASilentOneAndNoFencedOne() {
        InMemoryRows rows = knowing(A, B, C);
        assertThat(planned(rows, Optional.empty())).isEqualTo(revoke(B, false, FenceCommand.FIRST, POOL));
        assertThat(planned(rows, Optional.of(B.host()))).isEqualTo(revoke(C, false, FenceCommand.FIRST, POOL));
        new KnownHosts().note(told(new HostSuspected(C.host(), 1, 10_000), 1), rows);
        assertThat(planned(rows, Optional.of(B.host()))).isEqualTo(revoke(B, false, FenceCommand.FIRST, POOL));
        new KnownHosts().note(told(new HostSuspected(B.host(), 1, 10_000), 1), rows);
        assertThat(planned(rows, Optional.empty())).isEqualTo(revoke(B, false, FenceCommand.FIRST, POOL));
        assertThat(planned(rows, Optional.of(B.host()))).isEqualTo(revoke(C, false, FenceCommand.FIRST, POOL));
        new KnownHosts().note(told(new HostFenced(B, REGION, List.of()), 2), rows);
        new KnownHosts().note(told(new HostFenced(C, REGION, List.of()), 2), rows);
        assertThat(planned(rows, Optional.empty()))
                .isEqualTo(new Delay(
                        A,
                        REGION,
                        false,
                        "no other host of the region is left that reaches its pools",
                        FenceCommand.FIRST));
    }

    private static Command planned(InMemoryRows rows, Optional<lpm.contracts.HostId> notBy) {
        return new PlanFencePlanner()
                .plan(new PlanFence(A, REGION, false, FenceCommand.FIRST, notBy), rows)
                .getFirst()
                .getFirst();
    }
}
