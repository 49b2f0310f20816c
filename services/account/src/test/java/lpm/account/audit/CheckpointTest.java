package lpm.account.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lpm.account.audit.AuditView.Kind;
import lpm.account.audit.AuditView.Newest;
import lpm.account.audit.AuditView.Row;
import lpm.account.audit.AuditView.Who;
import lpm.account.audit.CheckpointCommand.TakeCheckpoint;
import lpm.contracts.Envelope;
import lpm.contracts.account.AuditEvent;
import lpm.contracts.account.AuditEvent.AuditCheckpointed;
import lpm.platform.json.Json;
import lpm.platform.rows.InMemoryRows;
import org.junit.jupiter.api.Test;

class CheckpointTest {
    /** Published: a change of how rows are hashed would make every audit there is look like a changed one. */
    private static final String HASH_OF_ONE = "cd74519387069b0bff9728b39ec9684e20fca0eae774043ceee0a865723d3443";

    private final KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    private final InMemoryRows rows = new InMemoryRows();
    private final AuditTrail trail = new AuditTrail(rows);
    private final CheckpointWatcher watcher = new CheckpointWatcher(CheckpointKey.of(
            Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded())));
    private final CheckpointDecider decider = new CheckpointDecider();

    CheckpointTest() throws GeneralSecurityException {}

    @Test
    void theChainIsWhatWasPublished() {
        Row row = new Row(
                1,
                Kind.event,
                "lpm.scheduler.events",
                3,
                4,
                "linode:5",
                TopicRecords.ID.toString(),
                "scheduler.Any",
                1,
                "linode:5",
                0L,
                null,
                TopicRecords.ID.toString(),
                null,
                new Who("user", "3"),
                null,
                "2026-01-01T00:00:00Z",
                Json.tree("{\"b\":[1.50,null,true],\"a\":\"\u00e9 \\\"\",\"c\":1e-7}"));

        assertThat(AuditChain.next(AuditChain.START, Json.tree(Json.write(row))))
                .isEqualTo(HASH_OF_ONE);
    }

    @Test
    void signsWhatIsThereOnceAndNotForItself() throws GeneralSecurityException {
        assertThat(look()).isEmpty();

        tell("lpm.scheduler.events", 0, Map.of());
        tell("lpm.scheduler.events", 1, Map.of());
        TakeCheckpoint first = look().orElseThrow();
        assertThat(first.position()).isEqualTo(2);
        assertThat(isSigned(first, pair.getPublic())).isTrue();

        take(first);
        assertThat(look()).as("its own row alone").isEmpty();

        tell("lpm.scheduler.events", 2, Map.of());
        TakeCheckpoint second = look().orElseThrow();
        assertThat(second.position()).isEqualTo(4);
        assertThat(second.hash()).isNotEqualTo(first.hash());
    }

    @Test
    void rowsFromBeforeThereWasAChainAreCovered() {
        tell("lpm.scheduler.events", 0, Map.of("a", 1));
        tell("lpm.scheduler.events", 1, Map.of("a", 2));
        TakeCheckpoint chained = look().orElseThrow();
        rows.put(AuditView.POSITION, "newest", Map.of("position", 2));
        assertThat(AuditTrail.newest(rows)).isEqualTo(new Newest(2, null));
        assertThat(look()).as("not known yet").isEmpty();

        tell("lpm.scheduler.events", 2, Map.of("a", 3));

        JsonNode third =
                rows.get(AuditView.TABLE, AuditTrail.id(3), JsonNode.class).orElseThrow();
        assertThat(AuditTrail.newest(rows).hash()).isEqualTo(AuditChain.next(chained.hash(), third));
    }

    @Test
    void readsWhatOpensslWritesAndNothingElse() throws GeneralSecurityException {
        String base64 = Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded());
        String pem = "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n";
        assertThat(CheckpointKey.of(pem).sign(1, "h"))
                .isEqualTo(CheckpointKey.of(base64).sign(1, "h"));

        String other = Base64.getEncoder()
                .encodeToString(KeyPairGenerator.getInstance("X25519")
                        .generateKeyPair()
                        .getPrivate()
                        .getEncoded());
        for (String wrong : List.of("", "no key", other)) {
            assertThatThrownBy(() -> CheckpointKey.of(wrong))
                    .hasMessageContaining("LPM_AUDIT_KEY must be an Ed25519 private key")
                    .hasMessageContaining("openssl genpkey")
                    .hasNoCause();
        }
    }

    private Optional<TakeCheckpoint> look() {
        return watcher.look(Instant.EPOCH, rows).stream()
                .map(TakeCheckpoint.class::cast)
                .findFirst();
    }

    /** What becomes of the watcher's command: an event, a row of the view, and one of the audit. */
    private void take(TakeCheckpoint command) {
        AuditCheckpointed event = new AuditCheckpointed(command.position(), command.hash(), command.signature());
        Envelope<AuditEvent> envelope = TopicRecords.envelope("account.AuditCheckpointed", "audit:1", 0, event);
        new CheckpointView().project(envelope, decider.evolve(decider.initial(), event), rows);
        tell("lpm.account.events", envelope);
    }

    private void tell(String topic, long number, Map<String, Object> data) {
        tell(topic, TopicRecords.envelope("scheduler.Any", "linode:5", number, data));
    }

    private void tell(String topic, Envelope<?> envelope) {
        trail.append(List.of(TopicRecords.record(topic, envelope)));
    }

    private static boolean isSigned(TakeCheckpoint taken, PublicKey key) throws GeneralSecurityException {
        Signature check = Signature.getInstance("Ed25519");
        check.initVerify(key);
        check.update(("lpm audit checkpoint\n" + taken.position() + "\n" + taken.hash() + "\n")
                .getBytes(StandardCharsets.UTF_8));
        return check.verify(Base64.getDecoder().decode(taken.signature()));
    }
}
