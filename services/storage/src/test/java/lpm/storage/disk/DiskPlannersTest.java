package lpm.storage.disk;

import static lpm.storage.Some.A;
import static lpm.storage.Some.ACCOUNT;
import static lpm.storage.Some.B;
import static lpm.storage.Some.LINODE;
import static lpm.storage.Some.POOL;
import static lpm.storage.Some.POOL2;
import static lpm.storage.Some.REGION;
import static lpm.storage.Some.disk;
import static lpm.storage.Some.host;
import static lpm.storage.Some.knowing;
import static lpm.storage.Some.registered;
import static lpm.storage.Some.told;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import lpm.contracts.DiskId;
import lpm.contracts.DiskSpec;
import lpm.contracts.HostRef;
import lpm.contracts.scheduler.HostEvent.HostSuspected;
import lpm.contracts.storage.DiskEvent;
import lpm.contracts.storage.DiskEvent.DiskScrubbed;
import lpm.contracts.storage.DiskEvent.DisksRequested;
import lpm.platform.rows.InMemoryRows;
import lpm.storage.disk.DiskCommand.AskAgain;
import lpm.storage.disk.DiskCommand.NoteScrubbed;
import lpm.storage.disk.DiskCommand.Order;
import lpm.storage.disk.DiskCommand.Refuse;
import lpm.storage.disk.DiskCommand.Work;
import lpm.storage.image.Images;
import lpm.storage.known.KnownHosts;
import lpm.storage.known.KnownLinodes;
import lpm.storage.pool.Pool;
import lpm.storage.pool.PoolUse;
import lpm.storage.pool.Pools;
import org.junit.jupiter.api.Test;

class DiskPlannersTest {
    private final PlaceDisksPlanner place =
            new PlaceDisksPlanner(new Pools(Pool.parse("rbd1:us-east:30"), new PoolUse()), Images.offered());

    private static DiskSpec from(String image, long sizeMib) {
        return new DiskSpec(DiskId.of(3), "root", sizeMib, "ext4", Optional.of(image), Optional.empty());
    }

    @Test
    void placesDisksWhereThereIsRoomForImagesThereAre() {
        List<DiskSpec> good = List.of(from("linode/debian12", 25_600), disk(4, 512));
        assertThat(place.plan(new PlaceDisks(LINODE, ACCOUNT, REGION, A, good), new InMemoryRows()))
                .containsExactly(List.of(new Order(LINODE, ACCOUNT, A, POOL, good)));
    }

    @Test
    void refusesUnknownImagesAndFullPools() {
        assertThat(planned(from("linode/nothing", 512)))
                .isEqualTo(new Refuse(LINODE, List.of(DiskId.of(3)), "the image linode/nothing is unknown"));
        assertThat(planned(from("linode/debian12", 31 * 1024)))
                .isEqualTo(
                        new Refuse(LINODE, List.of(DiskId.of(3)), "no pool in us-east that a reaches has 31744 MiB"));
    }

    @Test
    void placesNothingInAPoolThatTheHostDoesNotReach() {
        InMemoryRows rows = new InMemoryRows();
        new KnownHosts().note(told(registered(A, List.of(POOL2)), 0), rows);
        PlaceDisks question = new PlaceDisks(LINODE, ACCOUNT, REGION, A, List.of(disk(3, 512)));
        assertThat(place.plan(question, rows).getFirst().getFirst()).isInstanceOf(Refuse.class);
    }

    private DiskCommand planned(DiskSpec disk) {
        PlaceDisks question = new PlaceDisks(LINODE, ACCOUNT, REGION, A, List.of(disk));
        return (DiskCommand) place.plan(question, new InMemoryRows()).getFirst().getFirst();
    }

    @Test
    void asksTheSameHostAgainAsLongAsItLives() {
        assertThat(again(knowing(A, B))).isEqualTo(A);
        assertThat(again(knowing(host("a", 2), B))).isEqualTo(host("a", 2));
    }

    @Test
    void asksTheLinodesNewHostOrAnyLiveOneWhenTheFirstIsSilent() {
        HostRef c = host("c", 1);
        InMemoryRows rows = knowing(A, B, c);
        new KnownHosts().note(told(new HostSuspected(A.host(), 1, 10_000), 1), rows);
        assertThat(again(rows)).isEqualTo(B);
        rows.put(
                KnownLinodes.TABLE,
                LINODE.toString(),
                new KnownLinodes.Row(7, 1, "us-east", "web", Optional.of(c), false));
        assertThat(again(rows)).isEqualTo(c);
    }

    private static HostRef again(InMemoryRows rows) {
        RecheckDisks question = new RecheckDisks(LINODE, Work.provision, 3, A);
        AskAgain command = (AskAgain)
                new RecheckDisksPlanner().plan(question, rows).getFirst().getFirst();
        return command.at();
    }

    @Test
    void findsTheLinodeOfADiskThatAHostNamesAlone() {
        InMemoryRows rows = new InMemoryRows();
        DiskEvent requested = new DisksRequested(LINODE, ACCOUNT, A, POOL, List.of(disk(3, 512)));
        DiskState after = DiskFolding.evolve(DiskState.NOTHING, requested);
        new DiskView().project(told(requested, 0), after, rows);
        RelateDisk question = new RelateDisk(DiskId.of(3), A, RelateDisk.Fact.scrubbed, 0, "");
        assertThat(new RelateDiskPlanner().plan(question, rows))
                .containsExactly(List.of(new NoteScrubbed(LINODE, DiskId.of(3))));
        DiskEvent scrubbed = new DiskScrubbed(LINODE, DiskId.of(3));
        new DiskView().project(told(scrubbed, 1), DiskFolding.evolve(after, scrubbed), rows);
        assertThat(new RelateDiskPlanner().plan(question, rows)).isEmpty();
    }
}
