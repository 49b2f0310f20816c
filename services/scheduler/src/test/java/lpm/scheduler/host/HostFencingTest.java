package lpm.scheduler.host;

import static lpm.scheduler.host.HostStories.ACCOUNT;
import static lpm.scheduler.host.HostStories.ENROLLED;
import static lpm.scheduler.host.HostStories.FIRST;
import static lpm.scheduler.host.HostStories.H1;
import static lpm.scheduler.host.HostStories.HALF;
import static lpm.scheduler.host.HostStories.ONE;
import static lpm.scheduler.host.HostStories.REGION;
import static lpm.scheduler.host.HostStories.TWO;
import static lpm.scheduler.host.HostStories.held;
import static lpm.scheduler.host.HostStories.ref;
import static lpm.scheduler.host.HostStories.registered;
import static lpm.scheduler.host.HostStories.spec;

import java.util.List;
import lpm.contracts.scheduler.HostEvent.HostFenceRefused;
import lpm.contracts.scheduler.HostEvent.HostFenceRequested;
import lpm.contracts.scheduler.HostEvent.HostFenced;
import lpm.contracts.scheduler.HostEvent.HostSuspected;
import lpm.contracts.scheduler.HostEvent.HostTrusted;
import lpm.scheduler.host.FleetHostCommand.CordonHost;
import lpm.scheduler.host.FleetHostCommand.NoteFenceRefused;
import lpm.scheduler.host.FleetHostCommand.NoteFenced;
import lpm.scheduler.host.FleetHostCommand.NoteHeard;
import lpm.scheduler.host.FleetHostCommand.NoteSilent;
import lpm.scheduler.host.FleetHostCommand.ReleaseCapacity;
import lpm.scheduler.host.FleetHostCommand.RequestFence;
import lpm.scheduler.host.FleetHostCommand.ReserveCapacity;
import org.junit.jupiter.api.Test;

class HostFencingTest {
    @Test
    void aSilentHostIsSuspectedAndTrustedAgainWhenHeard() {
        spec().given(ENROLLED, FIRST)
                .when(new NoteSilent(H1, 1, 10_000))
                .then(new HostSuspected(H1, 1, 10_000))
                .when(new NoteSilent(H1, 1, 11_000))
                .thenNothing()
                .when(new NoteHeard(H1, 1))
                .then(new HostTrusted(H1, 1))
                .when(new NoteHeard(H1, 1))
                .thenNothing();
    }

    @Test
    void onlyASuspectedHostIsFencedUnlessAnOperatorDeclaresItDead() {
        spec().given(ENROLLED, FIRST)
                .when(new RequestFence(H1, 1, false, "silent"))
                .thenNothing();
        spec().given(ENROLLED, FIRST)
                .when(new RequestFence(H1, 1, true, "burnt"))
                .then(new HostFenceRequested(ref(1), REGION, true, "burnt"))
                .when(new RequestFence(H1, 1, true, "burnt"))
                .thenNothing();
        spec().given(ENROLLED, FIRST, new HostSuspected(H1, 1, 10_000))
                .when(new RequestFence(H1, 1, false, "silent"))
                .then(new HostFenceRequested(ref(1), REGION, false, "silent"))
                .when(new RequestFence(H1, 1, false, "silent"))
                .thenNothing()
                .when(new RequestFence(H1, 1, true, "burnt"))
                .then(new HostFenceRequested(ref(1), REGION, true, "burnt"));
    }

    @Test
    void whileStorageLooksBeingHeardChangesNothing() {
        spec().given(ENROLLED, FIRST, new HostSuspected(H1, 1, 10_000))
                .given(new HostFenceRequested(ref(1), REGION, false, "silent"))
                .when(new NoteHeard(H1, 1))
                .thenNothing();
    }

    @Test
    void aRefusedFenceLeavesTheHostSuspectedAndMayBeAskedForAgain() {
        spec().given(ENROLLED, FIRST, new HostSuspected(H1, 1, 10_000))
                .given(new HostFenceRequested(ref(1), REGION, false, "silent"))
                .when(new NoteFenceRefused(ref(1), "lease is fresh"))
                .then(new HostFenceRefused(ref(1), "lease is fresh"))
                .when(new ReserveCapacity(ref(1), ONE, ACCOUNT, HALF))
                .thenRefused("Host h1: it is suspected.")
                .when(new RequestFence(H1, 1, false, "silent"))
                .then(new HostFenceRequested(ref(1), REGION, false, "silent"));
        spec().given(ENROLLED, FIRST, new HostSuspected(H1, 1, 10_000))
                .given(new HostFenceRequested(ref(1), REGION, false, "silent"), new HostFenceRefused(ref(1), "fresh"))
                .when(new NoteHeard(H1, 1))
                .then(new HostTrusted(H1, 1));
    }

    @Test
    void aConfirmedFenceNamesWhatWasHeldAndIsNotedOnce() {
        spec().given(ENROLLED, FIRST, held(TWO, HALF), held(ONE, HALF), new HostSuspected(H1, 1, 10_000))
                .given(new HostFenceRequested(ref(1), REGION, false, "silent"))
                .when(new NoteFenced(ref(1)))
                .then(new HostFenced(ref(1), REGION, List.of(ONE, TWO)))
                .when(new NoteFenced(ref(1)))
                .thenNothing();
    }

    @Test
    void aFenceOfAnOlderRegistrationDoesNotTouchTheNewOne() {
        spec().given(ENROLLED, FIRST, registered(2, "boot-2", "key-a"))
                .when(new NoteFenced(ref(1)))
                .thenNothing()
                .when(new NoteSilent(H1, 1, 10_000))
                .thenNothing();
    }

    @Test
    void ordersToAHostNobodyEnrolledAreRefusedButReleasesAreSilent() {
        spec().when(new CordonHost(H1, "disk")).thenRefused("Not found");
        spec().when(new ReleaseCapacity(H1, ONE)).thenNothing();
    }
}
