package lpm.storage.tenant;

import static lpm.storage.Some.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import lpm.contracts.VolumeId;
import lpm.contracts.storage.VolumeTenantEvent;
import lpm.contracts.storage.VolumeTenantEvent.VolumeLabelChanged;
import lpm.contracts.storage.VolumeTenantEvent.VolumeLabelFreed;
import lpm.contracts.storage.VolumeTenantEvent.VolumeLabelTaken;
import lpm.contracts.storage.VolumeTenantEvent.VolumeRoomChanged;
import lpm.contracts.storage.VolumeTenantEvent.VolumesLimited;
import lpm.platform.DeciderSpec;
import lpm.platform.Decision;
import lpm.storage.tenant.TenantCommand.ChangeLabel;
import lpm.storage.tenant.TenantCommand.Free;
import lpm.storage.tenant.TenantCommand.GiveRoomBack;
import lpm.storage.tenant.TenantCommand.NoteLimits;
import lpm.storage.tenant.TenantCommand.NoteSuspended;
import lpm.storage.tenant.TenantCommand.TakeLabel;
import lpm.storage.tenant.TenantCommand.TakeRoom;
import org.junit.jupiter.api.Test;

class TenantDeciderTest {
    private static final VolumeId V1 = VolumeId.of(1);
    private static final VolumeId V2 = VolumeId.of(2);

    private static DeciderSpec<TenantCommand, TenantState, VolumeTenantEvent> limited(int volumes, long gib) {
        return DeciderSpec.of(new TenantDecider()).given(new VolumesLimited(ACCOUNT, volumes, gib, false));
    }

    private static TakeLabel take(VolumeId volume, String label, long gib) {
        return new TakeLabel(ACCOUNT, volume, label, gib, 1, 1);
    }

    private static VolumeTenantEvent taken(VolumeId volume, String label, long gib) {
        return new VolumeLabelTaken(ACCOUNT, volume, label, gib);
    }

    @Test
    void takesTheLastPlaceAndRefusesTheNext() {
        limited(2, 100)
                .given(taken(V1, "one", 20))
                .when(take(V2, "two", 20))
                .then(taken(V2, "two", 20))
                .when(take(VolumeId.of(3), "three", 20))
                .thenRefused(TenantDecider.LIMIT);
    }

    @Test
    void takesTheLastGibibyteAndRefusesOneMore() {
        limited(5, 40).given(taken(V1, "one", 20)).when(take(V2, "two", 20)).then(taken(V2, "two", 20));
        limited(5, 40).given(taken(V1, "one", 20)).when(take(V2, "two", 21)).thenRefused(TenantDecider.LIMIT);
    }

    @Test
    void ofManyCreatesExactlyTheQuotaSucceeds() {
        TenantDecider decider = new TenantDecider();
        TenantState state = limited(7, 10_000).state();
        long accepted = 0;
        for (long id : LongStream.rangeClosed(1, 50).toArray()) {
            if (decider.decide(take(VolumeId.of(id), "v" + id, 10), state)
                    instanceof Decision.Accepted<VolumeTenantEvent>(var events)) {
                accepted++;
                for (VolumeTenantEvent event : events) {
                    state = decider.evolve(state, event);
                }
            }
        }
        assertThat(accepted).isEqualTo(7);
    }

    @Test
    void labelsAreUniqueUntilTheyAreFree() {
        limited(5, 100)
                .given(taken(V1, "one", 20))
                .when(take(V2, "one", 20))
                .thenRefused(TenantDecider.LABEL)
                .when(new Free(ACCOUNT, V1))
                .then(new VolumeLabelFreed(ACCOUNT, V1, "one", 20))
                .when(new Free(ACCOUNT, V1))
                .thenNothing()
                .when(take(V2, "one", 20))
                .then(taken(V2, "one", 20));
    }

    @Test
    void relabelsToAFreeLabelOnly() {
        var two = limited(5, 100).given(taken(V1, "one", 20), taken(V2, "two", 20));
        two.when(new ChangeLabel(ACCOUNT, V1, "two")).thenRefused(TenantDecider.LABEL);
        two.when(new ChangeLabel(ACCOUNT, V1, "one")).thenNothing();
        two.when(new ChangeLabel(ACCOUNT, V1, "uno"))
                .then(new VolumeLabelChanged(ACCOUNT, V1, "one", "uno"))
                .when(take(VolumeId.of(3), "one", 10))
                .then(taken(VolumeId.of(3), "one", 10));
    }

    @Test
    void growsWithinTheQuotaAndGivesBackWhatDidNotGrow() {
        limited(5, 50)
                .given(taken(V1, "one", 20), taken(V2, "two", 20))
                .when(new TakeRoom(ACCOUNT, V1, 31, 1))
                .thenRefused(TenantDecider.LIMIT)
                .when(new TakeRoom(ACCOUNT, V1, 30, 1))
                .then(new VolumeRoomChanged(ACCOUNT, V1, 20, 30))
                .when(new GiveRoomBack(ACCOUNT, V1, 20))
                .then(new VolumeRoomChanged(ACCOUNT, V1, 30, 20));
    }

    @Test
    void beforeAnythingWasHeardTheTokensLimitsCount() {
        DeciderSpec.of(new TenantDecider())
                .when(new TakeLabel(ACCOUNT, V1, "one", 20, 1, 20))
                .then(taken(V1, "one", 20))
                .when(new TakeLabel(ACCOUNT, V2, "two", 20, 1, 100))
                .thenRefused(TenantDecider.LIMIT);
    }

    @Test
    void aSuspendedTenantTakesNothing() {
        limited(5, 100)
                .when(new NoteSuspended(ACCOUNT, true))
                .then(new VolumesLimited(ACCOUNT, 5, 100, true))
                .when(new NoteLimits(ACCOUNT, 5, 100))
                .thenNothing()
                .when(take(V1, "one", 20))
                .thenRefused(TenantDecider.SUSPENDED);
    }
}
