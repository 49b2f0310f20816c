package lpm.scheduler.host;

import static lpm.scheduler.host.HostStories.ACCOUNT;
import static lpm.scheduler.host.HostStories.ALL;
import static lpm.scheduler.host.HostStories.ENROLLED;
import static lpm.scheduler.host.HostStories.FIRST;
import static lpm.scheduler.host.HostStories.H1;
import static lpm.scheduler.host.HostStories.HALF;
import static lpm.scheduler.host.HostStories.ONE;
import static lpm.scheduler.host.HostStories.REGION;
import static lpm.scheduler.host.HostStories.TWO;
import static lpm.scheduler.host.HostStories.announced;
import static lpm.scheduler.host.HostStories.held;
import static lpm.scheduler.host.HostStories.ref;
import static lpm.scheduler.host.HostStories.registered;
import static lpm.scheduler.host.HostStories.spec;

import java.util.List;
import lpm.contracts.Region;
import lpm.contracts.host.HostReport.HostAnnounced;
import lpm.contracts.scheduler.HostEvent.HostClaimRefused;
import lpm.contracts.scheduler.HostEvent.HostCordoned;
import lpm.contracts.scheduler.HostEvent.HostDrainStarted;
import lpm.contracts.scheduler.HostEvent.HostDrained;
import lpm.contracts.scheduler.HostEvent.HostFenced;
import lpm.contracts.scheduler.HostEvent.HostSuspected;
import lpm.contracts.scheduler.HostEvent.HostUncordoned;
import lpm.contracts.scheduler.HostEvent.StaleReportRejected;
import lpm.scheduler.host.FleetHostCommand.CordonHost;
import lpm.scheduler.host.FleetHostCommand.EnrolHost;
import lpm.scheduler.host.FleetHostCommand.MarkDrained;
import lpm.scheduler.host.FleetHostCommand.MarkDraining;
import lpm.scheduler.host.FleetHostCommand.NoteFenced;
import lpm.scheduler.host.FleetHostCommand.NoteReported;
import lpm.scheduler.host.FleetHostCommand.ReserveCapacity;
import lpm.scheduler.host.FleetHostCommand.UncordonHost;
import org.junit.jupiter.api.Test;

/** Registrations and marks; capacity and fencing have tests of their own. */
class HostDeciderTest {
    @Test
    void anAnnouncedHostGetsTheFirstEpoch() {
        spec().given(ENROLLED).when(announced(0, "boot-1", "key-a")).then(FIRST);
    }

    @Test
    void anUnknownHostThatAnnouncesItselfIsNotBelieved() {
        spec().when(announced(0, "boot-1", "key-a")).thenNothing();
    }

    @Test
    void enrollingAgainChangesNothingUnlessItContradicts() {
        spec().given(ENROLLED).when(new EnrolHost(H1, REGION, "r1", "uuid-1")).thenNothing();
        spec().given(ENROLLED)
                .when(new EnrolHost(H1, new Region("eu-west"), "r1", "uuid-1"))
                .thenRefused("Host h1 is already enrolled.");
    }

    @Test
    void theSameIncarnationIsToldItsEpochAgainWithoutANewOne() {
        spec().given(ENROLLED, FIRST, held(ONE, HALF))
                .when(announced(0, "boot-1", "key-a"))
                .then(registered(1, "boot-1", "key-a"));
    }

    @Test
    void anIncarnationThatKnowsItsEpochIsToldNothing() {
        spec().given(ENROLLED, FIRST).when(announced(1, "boot-1", "key-a")).thenNothing();
    }

    @Test
    void theSameMachineStartedAgainGetsTheNextEpochAndKeepsItsReservationsForRecovery() {
        spec().given(ENROLLED, FIRST, held(ONE, HALF))
                .when(announced(0, "boot-2", "key-a"))
                .then(registered(2, "boot-2", "key-a", ONE))
                .when(new ReserveCapacity(ref(2), TWO, ACCOUNT, ALL))
                .thenRefused("Host h1: 4096 MiB of memory are needed, 2048 MiB are free.");
    }

    @Test
    void anotherMachineWithTheSameIdIsRefusedOnceAndWaits() {
        HostAnnounced claim = announced(0, "boot-x", "key-b").announced();
        spec().given(ENROLLED, FIRST)
                .when(announced(0, "boot-x", "key-b"))
                .then(new HostClaimRefused(H1, claim, 1))
                .when(announced(0, "boot-x", "key-b"))
                .thenNothing();
    }

    @Test
    void silenceAloneDoesNotGiveTheIdToAnotherMachine() {
        spec().given(ENROLLED, FIRST, new HostSuspected(H1, 1, 10_000))
                .when(announced(0, "boot-x", "key-b"))
                .then(new HostClaimRefused(H1, announced(0, "boot-x", "key-b").announced(), 1));
    }

    @Test
    void theFenceGivesTheIdToTheWaitingMachine() {
        spec().given(ENROLLED, FIRST, held(ONE, HALF), new HostSuspected(H1, 1, 10_000))
                .given(new HostClaimRefused(H1, announced(0, "boot-x", "key-b").announced(), 1))
                .when(new NoteFenced(ref(1)))
                .then(new HostFenced(ref(1), REGION, List.of(ONE)), registered(2, "boot-x", "key-b", ONE));
    }

    @Test
    void aFencedHostThatComesBackGetsTheNextEpoch() {
        spec().given(ENROLLED, FIRST, new HostFenced(ref(1), REGION, List.of()))
                .when(announced(1, "boot-2", "key-a"))
                .then(registered(2, "boot-2", "key-a"));
    }

    @Test
    void reportsOfAnOlderEpochOrAFencedHostAreKeptAsStale() {
        spec().given(ENROLLED, FIRST, registered(2, "boot-2", "key-a"))
                .when(new NoteReported(H1, 1, "host.InventoryReported"))
                .then(new StaleReportRejected(H1, 1, 2, "host.InventoryReported"));
        spec().given(ENROLLED, FIRST, new HostFenced(ref(1), REGION, List.of()))
                .when(new NoteReported(H1, 1, "host.InventoryReported"))
                .then(new StaleReportRejected(H1, 1, 1, "host.InventoryReported"));
        spec().given(ENROLLED, FIRST)
                .when(new NoteReported(H1, 1, "host.InventoryReported"))
                .thenNothing();
    }

    @Test
    void cordoningTwiceIsSilentAndUncordoningOpensAgain() {
        spec().given(ENROLLED, FIRST)
                .when(new CordonHost(H1, "disk"))
                .then(new HostCordoned(H1, "disk"))
                .when(new CordonHost(H1, "fan"))
                .thenNothing()
                .when(new UncordonHost(H1))
                .then(new HostUncordoned(H1))
                .when(new UncordonHost(H1))
                .thenNothing();
    }

    @Test
    void isDrainedOnlyWhenNothingIsHeld() {
        spec().given(ENROLLED, FIRST, held(ONE, HALF))
                .when(new MarkDraining(H1, 3, 2))
                .then(new HostDrainStarted(H1, 3, 2))
                .when(new MarkDrained(H1, 3))
                .thenRefused("Host h1 still holds 1 Linodes.");
        spec().given(ENROLLED, FIRST, new HostDrainStarted(H1, 3, 2))
                .when(new MarkDrained(H1, 3))
                .then(new HostDrained(H1, 3))
                .when(new MarkDrained(H1, 3))
                .thenNothing();
    }

    @Test
    void oneDrainAtATime() {
        spec().given(ENROLLED, FIRST, new HostDrainStarted(H1, 3, 2))
                .when(new MarkDraining(H1, 4, 2))
                .thenRefused("Host h1 is being drained by drain 3.");
        spec().given(ENROLLED, FIRST, new HostDrainStarted(H1, 3, 2), new HostDrained(H1, 3))
                .when(new MarkDraining(H1, 4, 2))
                .then(new HostDrainStarted(H1, 4, 2));
    }
}
