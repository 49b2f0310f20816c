package lpm.scheduler.linode;

import static lpm.scheduler.linode.LinodeFixture.H1;
import static lpm.scheduler.linode.LinodeFixture.H2;
import static lpm.scheduler.linode.LinodeFixture.ID;
import static lpm.scheduler.linode.LinodeFixture.OWNER;
import static lpm.scheduler.linode.LinodeFixture.POOL;
import static lpm.scheduler.linode.LinodeFixture.SWAP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import lpm.contracts.Command;
import lpm.contracts.DiskId;
import lpm.contracts.DiskSpec;
import lpm.contracts.Envelope;
import lpm.contracts.Event;
import lpm.contracts.HostRef;
import lpm.contracts.host.HostCommand.AdoptEpoch;
import lpm.contracts.host.HostCommand.DeliverSecret;
import lpm.contracts.host.RootAccess;
import lpm.contracts.scheduler.DiskChange;
import lpm.contracts.scheduler.LinodeEvent;
import lpm.contracts.scheduler.LinodeEvent.LinodeDeleted;
import lpm.contracts.scheduler.LinodeEvent.LinodeDiskRefused;
import lpm.contracts.scheduler.LinodeEvent.LinodeDisksFailed;
import lpm.contracts.scheduler.LinodeEvent.LinodeSecretWanted;
import lpm.contracts.storage.DiskEvent.DiskProvisioned;
import lpm.contracts.storage.DiskEvent.DisksDeleted;
import lpm.contracts.storage.DiskEvent.DisksRefused;
import lpm.contracts.storage.DiskEvent.DisksRequested;
import lpm.platform.Reaction;
import lpm.platform.json.Json;
import lpm.platform.rows.InMemoryRows;
import lpm.platform.seal.SealedBox;
import lpm.scheduler.host.FleetRows;
import lpm.scheduler.host.HostRow;
import lpm.scheduler.linode.LinodeCommand.SendSecret;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A secret goes to every host that is asked for its disk, sealed, and is forgotten when that is settled. */
class SecretsTest {
    private static final DiskId DISK = new DiskId(11);
    private static final RootAccess ACCESS = new RootAccess("$6$salt$hash", List.of("ssh-ed25519 AAAA me"));
    private static final DeliverSecret ORDER = new DeliverSecret(H1, ID, "ref", "");

    private final InMemoryRows rows = new InMemoryRows();
    private final KeyPair key = SealedBox.keyPair(new Random(1));
    private final SecretSealing sealing = new SecretSealing(new Random(2));

    SecretsTest() {
        rows.put(Secrets.TABLE, "ref", new Secrets.Row("ref", ID.value(), DISK.value(), ACCESS));
        rows.put(Secrets.TABLE, "other", new Secrets.Row("other", 8, 12, ACCESS));
        host(H1, Base64.getEncoder().encodeToString(key.getPublic().getEncoded()));
    }

    private void host(HostRef at, @Nullable String publicKey) {
        rows.put(HostRow.TABLE, at.host().value(), FleetRows.row(at, "us-east", HostRow.ACTIVE, "trusted", publicKey));
    }

    @Test
    void eachRequestOfStorageSendsTheSecretToWhoeverIsAsked() {
        DiskSpec root = new DiskSpec(DISK, "d", 1, "ext4", Optional.of("linode/debian12"), Optional.of("ref"));
        DisksRequested asked = new DisksRequested(ID, OWNER, H2, POOL, List.of(root, SWAP));
        assertThat(new LinodeInbox().translate(heard(asked))).containsExactly(new WantSecret(ID, H2, "ref"));
        LinodeEvent wanted = new LinodeSecretWanted(ID, H2, "ref");
        assertThat(LinodeFixture.ordered().when(new SendSecret(ID, H2, "ref"))).containsExactly(wanted);
        LinodeFixture running = LinodeFixture.running();
        LinodeState before = running.state();
        assertThat(running.when(new SendSecret(ID, H2, "ref"))).containsExactly(wanted);
        assertThat(((LinodeState.Placed) running.state()).job()).isEqualTo(((LinodeState.Placed) before).job());
        assertThat(new LinodeFixture().when(new SendSecret(ID, H2, "ref"))).isEmpty();
        assertThat(new LinodeProcess().react(heard(wanted)))
                .containsExactly(Reaction.send(new DeliverSecret(H2, ID, "ref", "")));
    }

    /** Storage asks it as long as nobody else lives, and may not have heard yet. */
    @Test
    void aHostThatIsFencedOrRegisteredAnewIsSentNone() {
        SecretPlanner planner = new SecretPlanner();
        WantSecret question = new WantSecret(ID, H1, "ref");
        assertThat(planner.plan(question, rows)).containsExactly(List.of(new SendSecret(ID, H1, "ref")));
        assertThat(planner.plan(new WantSecret(ID, H2, "ref"), rows)).isEmpty();
        rows.put(HostRow.TABLE, H1.host().value(), FleetRows.row(H1, "us-east", "suspected", "suspected", null));
        assertThat(planner.plan(question, rows)).isNotEmpty();
        rows.put(HostRow.TABLE, H1.host().value(), FleetRows.row(H1, "us-east", "fenced", "fenced", null));
        assertThat(planner.plan(question, rows)).isEmpty();
        host(new HostRef(H1.host(), 2), null);
        assertThat(planner.plan(question, rows)).isEmpty();
    }

    @Test
    void onlyTheHostItGoesToCanOpenIt() throws GeneralSecurityException {
        DeliverSecret sent = (DeliverSecret) sealing.seal(ORDER, rows).orElseThrow();
        assertThat(sent.sealed()).isNotEmpty();
        byte[] opened = SealedBox.open(key, RootAccess.context(ID, "ref"), sent.sealed());
        assertThat(Json.read(new String(opened, StandardCharsets.UTF_8), RootAccess.class))
                .isEqualTo(ACCESS);
    }

    @Test
    void nothingIsSentThatIsForgottenOrForAnotherLinodeOrForARegistrationThatIsOver() {
        assertThat(sealing.seal(new DeliverSecret(H1, ID, "gone", ""), rows)).isEmpty();
        assertThat(sealing.seal(new DeliverSecret(H1, ID, "other", ""), rows)).isEmpty();
        assertThat(sealing.seal(new DeliverSecret(new HostRef(H1.host(), 2), ID, "ref", ""), rows))
                .isEmpty();
        assertThat(sealing.seal(new DeliverSecret(H2, ID, "ref", ""), rows)).isEmpty();
    }

    @Test
    void aHostWithoutAKeyIsNamed() {
        host(H1, null);
        assertThatThrownBy(() -> sealing.seal(ORDER, rows))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("host h1");
    }

    @Test
    void otherOrdersAreLeftAlone() {
        Command other = new AdoptEpoch(H1, "i");
        assertThat(sealing.seal(other, rows)).contains(other);
    }

    @Test
    void itIsForgottenWhenItsDiskIsWholeOrWillNeverBe() {
        forgets(new DiskProvisioned(ID, DISK, POOL, 1));
        forgets(new LinodeDisksFailed(ID, "full"));
        forgets(new LinodeDiskRefused(ID, DiskChange.add, DISK, "full"));
        forgets(new LinodeDeleted(ID, OWNER, Optional.empty(), "web", List.of()));
    }

    /** One that lost its host meanwhile is placed again, and then its disk is ordered anew. */
    @Test
    void itIsKeptWhenStorageGivesUpButItsLinodeDoesNot() {
        for (Event fact : List.of(new DisksRefused(ID, List.of(DISK), "full"), new DisksDeleted(ID, List.of(DISK)))) {
            new SecretTables().note(heard(fact), rows);
        }
        assertThat(rows.get(Secrets.TABLE, "ref", Secrets.Row.class)).isPresent();
    }

    private void forgets(Event fact) {
        rows.put(Secrets.TABLE, "ref", new Secrets.Row("ref", ID.value(), DISK.value(), ACCESS));
        new SecretTables().note(heard(new DisksRequested(ID, OWNER, H1, POOL, List.of())), rows);
        assertThat(rows.get(Secrets.TABLE, "ref", Secrets.Row.class)).isPresent();
        new SecretTables().note(heard(fact), rows);
        assertThat(rows.get(Secrets.TABLE, "ref", Secrets.Row.class))
                .as("%s", fact)
                .isEmpty();
        assertThat(rows.get(Secrets.TABLE, "other", Secrets.Row.class)).isPresent();
    }

    private static <E extends Event> Envelope<E> heard(E event) {
        return FleetRows.envelope(event, "disks:7");
    }
}
