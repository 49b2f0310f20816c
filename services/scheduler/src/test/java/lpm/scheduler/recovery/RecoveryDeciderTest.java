package lpm.scheduler.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import lpm.contracts.HostId;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.scheduler.RecoveryEvent;
import lpm.contracts.scheduler.RecoveryEvent.LinodesCalled;
import lpm.contracts.scheduler.RecoveryEvent.RecoveryCompleted;
import lpm.contracts.scheduler.RecoveryEvent.RecoveryStarted;
import lpm.platform.DeciderSpec;
import lpm.scheduler.recovery.RecoveryCommand.CallNext;
import lpm.scheduler.recovery.RecoveryCommand.StartRecovery;
import org.junit.jupiter.api.Test;

class RecoveryDeciderTest {
    private static final HostRef LOST = new HostRef(new HostId("h1"), 3);

    @Test
    void everyLinodeIsToldOnceInBatches() {
        List<LinodeId> all = linodes(1, RecoveryDecider.BATCH + 2);
        List<LinodeId> first = all.subList(0, RecoveryDecider.BATCH);
        List<LinodeId> rest = all.subList(RecoveryDecider.BATCH, all.size());
        spec().when(new StartRecovery(LOST, all, true))
                .then(new RecoveryStarted(LOST, all, true))
                .when(new CallNext(LOST, all.size()))
                .then(new LinodesCalled(LOST, first, 2, true))
                .when(new CallNext(LOST, all.size()))
                .thenNothing()
                .when(new CallNext(LOST, 2))
                .then(new LinodesCalled(LOST, rest, 0, true), new RecoveryCompleted(LOST, all.size()));
    }

    @Test
    void aReturningHostAfterItsFenceStartsNoSecondRecovery() {
        spec().given(new RecoveryStarted(LOST, linodes(1, 2), true))
                .when(new StartRecovery(LOST, linodes(1, 2), false))
                .thenNothing();
    }

    @Test
    void aHostThatHeldNothingNeedsNoRecovery() {
        spec().when(new StartRecovery(LOST, List.of(), true)).thenNothing();
    }

    @Test
    void oneStepCausesFewerCommandsThanAnEventMay() {
        assertThat(RecoveryDecider.BATCH + 1).isLessThanOrEqualTo(64);
    }

    private static DeciderSpec<RecoveryCommand, RecoveryState, RecoveryEvent> spec() {
        return DeciderSpec.of(new RecoveryDecider());
    }

    private static List<LinodeId> linodes(long from, long to) {
        return LongStream.rangeClosed(from, to).mapToObj(LinodeId::new).toList();
    }
}
