package lpm.scheduler.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import lpm.contracts.AccountId;
import lpm.contracts.HostId;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.PoolId;
import lpm.contracts.Region;
import lpm.contracts.Resources;
import lpm.contracts.host.HostReport.HostAnnounced;
import lpm.contracts.scheduler.HostEvent;
import lpm.contracts.scheduler.HostEvent.CapacityReleased;
import lpm.contracts.scheduler.HostEvent.CapacityReserved;
import lpm.contracts.scheduler.HostEvent.CapacityResized;
import lpm.contracts.scheduler.HostEvent.HostClaimRefused;
import lpm.contracts.scheduler.HostEvent.HostCordoned;
import lpm.contracts.scheduler.HostEvent.HostDrainStarted;
import lpm.contracts.scheduler.HostEvent.HostDrained;
import lpm.contracts.scheduler.HostEvent.HostEnrolled;
import lpm.contracts.scheduler.HostEvent.HostFenceRefused;
import lpm.contracts.scheduler.HostEvent.HostFenceRequested;
import lpm.contracts.scheduler.HostEvent.HostFenced;
import lpm.contracts.scheduler.HostEvent.HostRegistered;
import lpm.contracts.scheduler.HostEvent.HostSuspected;
import lpm.contracts.scheduler.HostEvent.HostTrusted;
import lpm.contracts.scheduler.HostEvent.HostUncordoned;
import lpm.contracts.scheduler.HostEvent.StaleReportRejected;
import lpm.platform.DeciderSpec;
import lpm.platform.Decision;
import lpm.platform.json.Json;
import lpm.scheduler.host.FleetHostCommand.CordonHost;
import lpm.scheduler.host.FleetHostCommand.EnrolHost;
import lpm.scheduler.host.FleetHostCommand.MarkDrained;
import lpm.scheduler.host.FleetHostCommand.MarkDraining;
import lpm.scheduler.host.FleetHostCommand.NoteAnnounced;
import lpm.scheduler.host.FleetHostCommand.NoteFenceRefused;
import lpm.scheduler.host.FleetHostCommand.NoteFenced;
import lpm.scheduler.host.FleetHostCommand.NoteHeard;
import lpm.scheduler.host.FleetHostCommand.NoteReported;
import lpm.scheduler.host.FleetHostCommand.NoteSilent;
import lpm.scheduler.host.FleetHostCommand.ReleaseCapacity;
import lpm.scheduler.host.FleetHostCommand.RequestFence;
import lpm.scheduler.host.FleetHostCommand.ReserveCapacity;
import lpm.scheduler.host.FleetHostCommand.ResizeCapacity;
import lpm.scheduler.host.FleetHostCommand.UncordonHost;
import org.junit.jupiter.api.Test;

class HostDeciderTest {
    private static final HostId H1 = new HostId("h1");
    private static final Region REGION = new Region("us-east");
    private static final AccountId ACCOUNT = new AccountId(7);
    private static final LinodeId ONE = new LinodeId(1);
    private static final LinodeId TWO = new LinodeId(2);
    private static final Resources CAPACITY = new Resources(1, HostRoom.DOM0_RESERVE_MIB + 4096);
    private static final Resources ALL = new Resources(8, 4096);
    private static final Resources HALF = new Resources(4, 2048);
    private static final HostEnrolled ENROLLED = new HostEnrolled(H1, REGION, "r1", "uuid-1");
    private static final HostRegistered FIRST = registered(1, "boot-1", "key-a");

    // --- registration -------------------------------------------------------------------------------------------

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

    // --- capacity -----------------------------------------------------------------------------------------------

    @Test
    void holdsExactlyWhatThereIsAndNotOneMebibyteMore() {
        spec().given(ENROLLED, FIRST)
                .when(new ReserveCapacity(ref(1), ONE, ACCOUNT, ALL))
                .then(held(ONE, ALL));
        spec().given(ENROLLED, FIRST)
                .when(new ReserveCapacity(ref(1), ONE, ACCOUNT, new Resources(1, 4097)))
                .thenRefused("Host h1: 4097 MiB of memory are needed, 4096 MiB are free.");
        spec().given(ENROLLED, FIRST)
                .when(new ReserveCapacity(ref(1), ONE, ACCOUNT, new Resources(9, 1)))
                .thenRefused("Host h1: 9 vCPUs are needed, 8 are free.");
    }

    @Test
    void reservingTheSameAgainIsSilentEvenWhenCordoned() {
        spec().given(ENROLLED, FIRST, held(ONE, HALF), new HostCordoned(H1, "disk"))
                .when(new ReserveCapacity(ref(1), ONE, ACCOUNT, HALF))
                .thenNothing();
    }

    @Test
    void reservesNothingUnderAnotherRegistration() {
        spec().given(ENROLLED, FIRST, registered(2, "boot-2", "key-a"))
                .when(new ReserveCapacity(ref(1), ONE, ACCOUNT, HALF))
                .thenRefused("Host h1 is not registered under epoch 1.");
    }

    @Test
    void closedHostsTakeNothingNew() {
        ReserveCapacity reserve = new ReserveCapacity(ref(1), ONE, ACCOUNT, HALF);
        spec().given(ENROLLED, FIRST, new HostCordoned(H1, "disk"))
                .when(reserve)
                .thenRefused("Host h1: it is cordoned.");
        spec().given(ENROLLED, FIRST, new HostDrainStarted(H1, 3, 2))
                .when(reserve)
                .thenRefused("Host h1: it is being drained.");
        spec().given(ENROLLED, FIRST, new HostSuspected(H1, 1, 10_000))
                .when(reserve)
                .thenRefused("Host h1: it is suspected.");
        spec().given(ENROLLED, FIRST, new HostFenced(ref(1), REGION, List.of()))
                .when(reserve)
                .thenRefused("Host h1 is not registered under epoch 1.");
    }

    @Test
    void growsOnlyIntoWhatIsFreeAndShrinksAlways() {
        spec().given(ENROLLED, FIRST, held(ONE, HALF))
                .when(new ResizeCapacity(H1, ONE, HALF, ALL))
                .then(new CapacityResized(H1, ONE, HALF, ALL))
                .when(new ResizeCapacity(H1, ONE, HALF, ALL))
                .thenNothing();
        spec().given(ENROLLED, FIRST, held(ONE, HALF), held(TWO, new Resources(1, 1)))
                .when(new ResizeCapacity(H1, ONE, HALF, ALL))
                .thenRefused("Host h1: 2048 MiB of memory are needed, 2047 MiB are free.");
        spec().given(ENROLLED, FIRST, held(ONE, ALL), new HostFenced(ref(1), REGION, List.of(ONE)))
                .when(new ResizeCapacity(H1, ONE, ALL, HALF))
                .then(new CapacityResized(H1, ONE, ALL, HALF));
    }

    @Test
    void releasingTwiceFreesOnce() {
        spec().given(ENROLLED, FIRST, held(ONE, HALF))
                .when(new ReleaseCapacity(H1, ONE))
                .then(new CapacityReleased(H1, ONE, HALF))
                .when(new ReleaseCapacity(H1, ONE))
                .thenNothing();
    }

    @Test
    void memoryIsNeverOversoldWhateverHappens() {
        for (long seed = 0; seed < 200; seed++) {
            neverOversold(new Random(seed), "seed " + seed);
        }
    }

    private static void neverOversold(Random random, String seed) {
        HostDecider decider = new HostDecider();
        HostState state = decider.evolve(decider.evolve(decider.initial(), ENROLLED), FIRST);
        Map<Long, Resources> expected = new HashMap<>();
        for (int step = 0; step < 60; step++) {
            FleetHostCommand command = anyCommand(random, HostDecider.hostEpoch(state), expected);
            if (decider.decide(command, state) instanceof Decision.Accepted<HostEvent>(List<HostEvent> events)) {
                for (HostEvent event : events) {
                    state = decider.evolve(state, event);
                    note(expected, event);
                }
            }
            Resources sum = expected.values().stream().reduce(Resources.NONE, Resources::plus);
            assertThat(HostDecider.holdings(state).sum()).as(seed).isEqualTo(sum);
            assertThat(Map.copyOf(HostDecider.holdings(state).held())).as(seed).isEqualTo(expected);
            assertThat(sum.memoryMib()).as(seed).isLessThanOrEqualTo(4096);
            assertThat(sum.vcpus()).as(seed).isLessThanOrEqualTo(8);
        }
        assertThat(Json.read(Json.write(state), HostState.class)).as(seed).isEqualTo(state);
    }

    private static FleetHostCommand anyCommand(Random random, long epoch, Map<Long, Resources> held) {
        LinodeId linode = new LinodeId(1 + random.nextInt(6));
        Resources size = new Resources(1 + random.nextInt(4), 256L * (1 + random.nextInt(10)));
        return switch (random.nextInt(9)) {
            case 0, 1, 2 -> new ReserveCapacity(ref(epoch), linode, ACCOUNT, size);
            case 3 -> new ResizeCapacity(H1, linode, held.getOrDefault(linode.value(), size), size);
            case 4 -> new ReleaseCapacity(H1, linode);
            case 5 -> new NoteFenced(ref(epoch));
            case 6 -> announced(0, "boot-" + random.nextInt(5), random.nextBoolean() ? "key-a" : "key-b");
            case 7 -> new NoteSilent(H1, epoch, 10_000);
            default -> new NoteHeard(H1, epoch);
        };
    }

    private static void note(Map<Long, Resources> expected, HostEvent event) {
        switch (event) {
            case CapacityReserved e -> expected.put(e.linode().value(), e.resources());
            case CapacityResized e -> expected.put(e.linode().value(), e.to());
            case CapacityReleased e -> expected.remove(e.linode().value());
            default -> {
                // the others hold nothing
            }
        }
    }

    // --- marks --------------------------------------------------------------------------------------------------

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

    // --- silence and fencing ------------------------------------------------------------------------------------

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

    private static DeciderSpec<FleetHostCommand, HostState, HostEvent> spec() {
        return DeciderSpec.of(new HostDecider());
    }

    private static HostRef ref(long epoch) {
        return new HostRef(H1, epoch);
    }

    private static CapacityReserved held(LinodeId linode, Resources resources) {
        return new CapacityReserved(H1, linode, ACCOUNT, resources);
    }

    private static NoteAnnounced announced(long knownEpoch, String incarnation, String key) {
        List<PoolId> pools = new ArrayList<>(List.of(new PoolId("pool-1")));
        return new NoteAnnounced(
                H1,
                new HostAnnounced(
                        ref(knownEpoch), incarnation, REGION, CAPACITY, pools, "xen", "epyc", "xen://h1", key));
    }

    private static HostRegistered registered(long epoch, String incarnation, String key, LinodeId... heldBefore) {
        return new HostRegistered(
                H1,
                epoch,
                incarnation,
                REGION,
                CAPACITY,
                List.of(new PoolId("pool-1")),
                "xen",
                "epyc",
                "xen://h1",
                key,
                List.of(heldBefore));
    }
}
