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
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import lpm.contracts.LinodeId;
import lpm.contracts.Resources;
import lpm.contracts.scheduler.HostEvent;
import lpm.contracts.scheduler.HostEvent.CapacityReleased;
import lpm.contracts.scheduler.HostEvent.CapacityReserved;
import lpm.contracts.scheduler.HostEvent.CapacityResized;
import lpm.contracts.scheduler.HostEvent.HostCordoned;
import lpm.contracts.scheduler.HostEvent.HostDrainStarted;
import lpm.contracts.scheduler.HostEvent.HostFenced;
import lpm.contracts.scheduler.HostEvent.HostSuspected;
import lpm.platform.Decision;
import lpm.platform.json.Json;
import lpm.scheduler.host.FleetHostCommand.NoteFenced;
import lpm.scheduler.host.FleetHostCommand.NoteHeard;
import lpm.scheduler.host.FleetHostCommand.NoteSilent;
import lpm.scheduler.host.FleetHostCommand.ReleaseCapacity;
import lpm.scheduler.host.FleetHostCommand.ReserveCapacity;
import lpm.scheduler.host.FleetHostCommand.ResizeCapacity;
import org.junit.jupiter.api.Test;

class HostCapacityTest {
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
}
