package lpm.storage.disk;

import static lpm.storage.Some.A;
import static lpm.storage.Some.ACCOUNT;
import static lpm.storage.Some.B;
import static lpm.storage.Some.LINODE;
import static lpm.storage.Some.POOL;
import static lpm.storage.Some.bytes;
import static lpm.storage.Some.disk;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lpm.contracts.DiskId;
import lpm.contracts.DiskSpec;
import lpm.contracts.storage.DiskEvent;
import lpm.contracts.storage.DiskEvent.DiskProvisioned;
import lpm.contracts.storage.DiskEvent.DiskResizeRefused;
import lpm.contracts.storage.DiskEvent.DiskResizeRequested;
import lpm.contracts.storage.DiskEvent.DiskResized;
import lpm.contracts.storage.DiskEvent.DiskScrubbed;
import lpm.contracts.storage.DiskEvent.DisksDeleted;
import lpm.contracts.storage.DiskEvent.DisksDeletionRequested;
import lpm.contracts.storage.DiskEvent.DisksProvisioned;
import lpm.contracts.storage.DiskEvent.DisksRefused;
import lpm.contracts.storage.DiskEvent.DisksRequested;
import lpm.contracts.storage.DiskEvent.DisksTakeOverRequested;
import lpm.contracts.storage.DiskEvent.DisksTakenOver;
import lpm.platform.DeciderSpec;
import lpm.storage.disk.DiskCommand.AskAgain;
import lpm.storage.disk.DiskCommand.Delete;
import lpm.storage.disk.DiskCommand.NoteCreated;
import lpm.storage.disk.DiskCommand.NoteFailed;
import lpm.storage.disk.DiskCommand.NoteLocksTaken;
import lpm.storage.disk.DiskCommand.NoteResizeFailed;
import lpm.storage.disk.DiskCommand.NoteResized;
import lpm.storage.disk.DiskCommand.NoteScrubbed;
import lpm.storage.disk.DiskCommand.Order;
import lpm.storage.disk.DiskCommand.Refuse;
import lpm.storage.disk.DiskCommand.Resize;
import lpm.storage.disk.DiskCommand.TakeOver;
import lpm.storage.disk.DiskCommand.Work;
import org.junit.jupiter.api.Test;

class DiskDeciderTest {
    private static final DiskId D3 = DiskId.of(3);
    private static final DiskId D4 = DiskId.of(4);
    private static final List<DiskSpec> BOTH = List.of(disk(3, 25_000), disk(4, 512));
    private static final Order ORDER = new Order(LINODE, ACCOUNT, A, POOL, BOTH);
    private static final DiskEvent REQUESTED = new DisksRequested(LINODE, ACCOUNT, A, POOL, BOTH);
    private static final DiskEvent PROVISIONED =
            new DisksProvisioned(LINODE, List.of(bytes("sda", 3, 25_000), bytes("sdb", 4, 512)));

    private static DeciderSpec<DiskCommand, DiskState, DiskEvent> nothing() {
        return DeciderSpec.of(new DiskDecider());
    }

    private static DeciderSpec<DiskCommand, DiskState, DiskEvent> ready() {
        return nothing()
                .given(
                        REQUESTED,
                        new DiskProvisioned(LINODE, D3, POOL, 25_000),
                        new DiskProvisioned(LINODE, D4, POOL, 512),
                        PROVISIONED);
    }

    @Test
    void answersWhenTheLastDiskOfTheOrderIsThere() {
        nothing()
                .when(ORDER)
                .then(REQUESTED)
                .when(ORDER)
                .thenNothing()
                .when(new NoteCreated(LINODE, D4, POOL, 512))
                .then(new DiskProvisioned(LINODE, D4, POOL, 512))
                .when(new NoteCreated(LINODE, D4, POOL, 512))
                .thenNothing()
                .when(new NoteCreated(LINODE, D3, POOL, 25_000))
                .then(new DiskProvisioned(LINODE, D3, POOL, 25_000), PROVISIONED);
    }

    @Test
    void answersARepeatedOrderAgain() {
        ready().when(ORDER).then(PROVISIONED);
    }

    @Test
    void oneDiskThatFailsRefusesTheOrderAndTakesTheOthersAway() {
        nothing()
                .given(REQUESTED, new DiskProvisioned(LINODE, D4, POOL, 512))
                .when(new NoteFailed(LINODE, D3, A, "no image"))
                .then(
                        new DisksRefused(LINODE, List.of(D3, D4), "no image"),
                        new DisksDeletionRequested(LINODE, A, List.of(bytes("sda", 3, 25_000), bytes("sdb", 4, 512))))
                .when(new NoteCreated(LINODE, D3, POOL, 25_000))
                .thenNothing();
    }

    /** It may be one that is shut out since, while another one is at work. */
    @Test
    void aHostThatIsAskedNoMoreCannotFailWhatAnotherIsAsked() {
        nothing()
                .given(REQUESTED, new DisksRequested(LINODE, ACCOUNT, B, POOL, BOTH))
                .when(new NoteFailed(LINODE, D3, A, "shut out"))
                .thenNothing()
                .when(new NoteFailed(LINODE, D3, B, "no image"))
                .then(
                        new DisksRefused(LINODE, List.of(D3, D4), "no image"),
                        new DisksDeletionRequested(LINODE, B, List.of(bytes("sda", 3, 25_000), bytes("sdb", 4, 512))));
        ready().given(
                        new DiskResizeRequested(LINODE, A, D3, POOL, 25_000, 50_000),
                        new DiskResizeRequested(LINODE, B, D3, POOL, 25_000, 50_000))
                .when(new NoteResizeFailed(LINODE, D3, A, "shut out"))
                .thenNothing()
                .when(new NoteResizeFailed(LINODE, D3, B, "full"))
                .then(new DiskResizeRefused(LINODE, D3, "full"));
    }

    @Test
    void refusesWithAnEvent() {
        nothing().when(new Refuse(LINODE, List.of(D3), "full")).then(new DisksRefused(LINODE, List.of(D3), "full"));
        ready().when(new Refuse(LINODE, List.of(D3), "full")).thenNothing();
    }

    @Test
    void asksAgainOnlyForWhatIsMissingAndOnlyTheNewestRequest() {
        var one = nothing().given(REQUESTED, new DiskProvisioned(LINODE, D4, POOL, 512));
        one.when(new AskAgain(LINODE, Work.provision, 5, B)).thenNothing();
        one.when(new AskAgain(LINODE, Work.provision, 0, B))
                .then(new DisksRequested(LINODE, ACCOUNT, B, POOL, List.of(disk(3, 25_000))))
                .when(new AskAgain(LINODE, Work.provision, 0, B))
                .thenNothing()
                .when(new NoteCreated(LINODE, D3, POOL, 25_000))
                .then(
                        new DiskProvisioned(LINODE, D3, POOL, 25_000),
                        new DisksProvisioned(LINODE, List.of(bytes("sda", 4, 512), bytes("sdb", 3, 25_000))));
        ready().when(new AskAgain(LINODE, Work.provision, 0, B)).thenNothing();
    }

    @Test
    void resizesOneDiskAtATime() {
        ready().when(new Resize(LINODE, A, D3, 50_000))
                .then(new DiskResizeRequested(LINODE, A, D3, POOL, 25_000, 50_000))
                .when(new Resize(LINODE, A, D3, 50_000))
                .thenNothing()
                .when(new NoteResized(LINODE, D3, 50_000))
                .then(new DiskResized(LINODE, D3, 50_000))
                .when(new Resize(LINODE, A, D3, 50_000))
                .then(new DiskResized(LINODE, D3, 50_000));
    }

    @Test
    void keepsTheOldSizeWhenTheResizeFails() {
        ready().given(new DiskResizeRequested(LINODE, A, D3, POOL, 25_000, 50_000))
                .when(new NoteResizeFailed(LINODE, D3, A, "shrinks a file system"))
                .then(new DiskResizeRefused(LINODE, D3, "shrinks a file system"))
                .when(new Resize(LINODE, A, D3, 25_000))
                .then(new DiskResized(LINODE, D3, 25_000));
        ready().when(new Resize(LINODE, A, DiskId.of(99), 1))
                .then(new DiskResizeRefused(LINODE, DiskId.of(99), "the disk is unknown"));
    }

    @Test
    void answersADeletionOnceWithAllOfItsDisks() {
        ready().when(new Delete(LINODE, A, List.of(D3, D4)))
                .then(new DisksDeletionRequested(LINODE, A, List.of(bytes("", 3, 25_000), bytes("", 4, 512))))
                .when(new Delete(LINODE, A, List.of(D3, D4)))
                .thenNothing()
                .when(new NoteScrubbed(LINODE, D3))
                .then(new DiskScrubbed(LINODE, D3))
                .when(new AskAgain(LINODE, Work.delete, 4, B))
                .then(new DisksDeletionRequested(LINODE, B, List.of(bytes("", 4, 512))))
                .when(new NoteScrubbed(LINODE, D4))
                .then(new DiskScrubbed(LINODE, D4), new DisksDeleted(LINODE, List.of(D3, D4)))
                .when(new NoteScrubbed(LINODE, D4))
                .thenNothing()
                .when(new Delete(LINODE, A, List.of(D3, D4)))
                .then(new DisksDeleted(LINODE, List.of(D3, D4)));
    }

    @Test
    void deletesWhatWasNeverThereTogetherWithTheRest() {
        DiskId never = DiskId.of(50);
        ready().when(new Delete(LINODE, A, List.of(D4, never)))
                .then(new DisksDeletionRequested(LINODE, A, List.of(bytes("", 4, 512), bytes("", 50, 0))))
                .when(new NoteScrubbed(LINODE, never))
                .then(new DiskScrubbed(LINODE, never))
                .when(new NoteScrubbed(LINODE, D4))
                .then(new DiskScrubbed(LINODE, D4), new DisksDeleted(LINODE, List.of(D4, never)));
        nothing().when(new Delete(LINODE, A, List.of())).then(new DisksDeleted(LINODE, List.of()));
    }

    @Test
    void takesOverOnlyForward() {
        var taking = ready().when(new TakeOver(LINODE, B, 12, List.of(bytes("sda", 3, 25_000))))
                .then(new DisksTakeOverRequested(LINODE, B, 12, List.of(bytes("sda", 3, 25_000))));
        taking.when(new TakeOver(LINODE, B, 11, List.of())).thenNothing();
        taking.when(new NoteLocksTaken(LINODE, 11)).thenNothing();
        taking.when(new NoteLocksTaken(LINODE, 12))
                .then(new DisksTakenOver(LINODE, 12))
                .when(new NoteLocksTaken(LINODE, 12))
                .thenNothing()
                .when(new TakeOver(LINODE, B, 12, List.of()))
                .then(new DisksTakenOver(LINODE, 12));
    }

    @Test
    void asksAnotherHostForTheLocks() {
        ready().given(new DisksTakeOverRequested(LINODE, B, 12, List.of(bytes("sda", 3, 25_000))))
                .when(new AskAgain(LINODE, Work.takeOver, 4, A))
                .then(new DisksTakeOverRequested(LINODE, A, 12, List.of(bytes("sda", 3, 25_000))));
    }

    @Test
    void namesItsAccountInTheEnvelope() {
        assertThat(new DiskDecider().scope(ready().state()).account()).isEqualTo(ACCOUNT);
    }
}
