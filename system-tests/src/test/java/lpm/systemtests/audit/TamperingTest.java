package lpm.systemtests.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import lpm.account.audit.AuditTrail;
import lpm.account.audit.CheckpointCommand.TakeCheckpoint;
import lpm.account.audit.CheckpointKey;
import lpm.account.audit.CheckpointWatcher;
import lpm.contracts.Actor;
import lpm.contracts.Envelope;
import lpm.contracts.account.AuditEvent.AuditCheckpointed;
import lpm.platform.Query;
import lpm.platform.json.Json;
import lpm.platform.kafka.RawRecord;
import lpm.platform.rows.InMemoryRows;
import lpm.verify.Report;
import lpm.verify.Verification;
import lpm.verify.history.Entry;
import lpm.verify.history.History;
import lpm.verify.history.Place;
import lpm.verify.history.ServiceLog;
import lpm.verify.invariant.Given;
import lpm.verify.source.AuditRows;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What account signs and what verify, which has no code of it, says of it when somebody has been at the rows. */
class TamperingTest {
    private static final KeyPair KEY = keyPair();

    private static List<String> rows = List.of();
    private static TakeCheckpoint checkpoint = new TakeCheckpoint(0, "", "");

    @BeforeAll
    static void anAuditIsWrittenAndSigned() throws IOException, SQLException {
        InMemoryRows kept = new InMemoryRows();
        AuditTrail trail = new AuditTrail(kept);
        trail.append(List.of(
                record(
                        "lpm.scheduler.events",
                        event(0, Map.of("label", "caf\u00e9 \u20ac \ud83d\ude80 \"\\ \u0001", "on", true))),
                record("lpm.scheduler.events", event(1, Map.of("z", 1.50, "a", List.of(1e-7, 1e21, 12, -0.0)))),
                record("lpm.host.commands.h1", event(2, Map.of("sealed", "never stored"))),
                record("lpm.storage.parked", "not JSON \u0000 at all"),
                record(
                        "lpm.scheduler.events",
                        event(3, Map.of("nested", Map.of("empty", List.of(), "none", Map.of()))))));
        checkpoint = (TakeCheckpoint)
                new CheckpointWatcher(key(KEY)).look(Instant.EPOCH, kept).getFirst();
        rows = asPostgreSqlKeepsThem(kept.find("audit_view", Query.all().orderBy("position", false), JsonNode.class));
        assertThat(rows).hasSize(5);
    }

    @Test
    void whatNobodyTouchedHolds() {
        Report.Line line = verdict(rows, checkpoint);

        assertThat(line.verdict()).as(line.detail()).isEqualTo(Report.Verdict.ok);
        assertThat(line.detail()).isEqualTo("newest 5:" + checkpoint.hash());
    }

    @Test
    void everyByteThatIsChangedIsFound() {
        int changed = 0;
        for (int row = 0; row < rows.size(); row++) {
            byte[] bytes = rows.get(row).getBytes(StandardCharsets.UTF_8);
            for (int at = 0; at < bytes.length; at++) {
                if (bytes[at] == ' ') {
                    continue; // between two tokens it says nothing; within a text its neighbours are tried
                }
                byte[] other = bytes.clone();
                other[at] ^= 1;
                assertFound(with(row, new String(other, StandardCharsets.UTF_8)), "byte " + at + " of row " + row);
                changed++;
            }
        }
        assertThat(changed).isGreaterThan(1_500);
    }

    @Test
    void rowsThatAreDeletedInventedSwappedOrCutOffAreFound() {
        for (int at = 0; at < rows.size(); at++) {
            List<String> fewer = new ArrayList<>(rows);
            fewer.remove(at);
            assertFound(fewer, "without row " + at);
            List<String> more = new ArrayList<>(rows);
            more.add(at, rows.get((at + 2) % rows.size()));
            assertFound(more, "one more row before row " + at);
            List<String> swapped = new ArrayList<>(rows);
            Collections.swap(swapped, at, (at + 1) % rows.size());
            assertFound(swapped, "row " + at + " and the next");
        }
        assertFound(List.of(), "all");
    }

    @Test
    void aChainThatWasComputedAnewNeedsTheKey() {
        List<String> other = with(2, rows.get(2).replace("h1", "h2"));
        TakeCheckpoint forged = signed(other, keyPair());

        assertThat(verdict(other, forged).detail()).contains("none of the keys has signed it");
        assertThat(verdict(other, signed(other, KEY)).verdict())
                .as("who has the key can write another history: keep it elsewhere")
                .isEqualTo(Report.Verdict.ok);
    }

    /** What somebody with these keys would put in the place of the checkpoint. */
    private static TakeCheckpoint signed(List<String> changed, KeyPair pair) {
        assertThat(verdict(changed, checkpoint).detail()).contains("is not what it was");
        InMemoryRows forged = new InMemoryRows();
        String hash = audit(changed).chain().getLast();
        forged.put("audit_position_view", "newest", Map.of("position", changed.size(), "hash", hash));
        for (int at = 1; at <= changed.size(); at++) {
            forged.put("audit_view", "%019d".formatted(at), Json.tree(changed.get(at - 1)));
        }
        return (TakeCheckpoint)
                new CheckpointWatcher(key(pair)).look(Instant.EPOCH, forged).getFirst();
    }

    private static List<String> with(int at, String row) {
        List<String> changed = new ArrayList<>(rows);
        changed.set(at, row);
        return changed;
    }

    private static void assertFound(List<String> changed, String what) {
        assertThat(verdict(changed, checkpoint).verdict()).as(what).isEqualTo(Report.Verdict.violated);
    }

    private static Report.Line verdict(List<String> found, TakeCheckpoint taken) {
        Entry told = new Entry(
                new Place.Stored("account", 1),
                envelope(
                        "account.AuditCheckpointed",
                        0,
                        new AuditCheckpointed(taken.position(), taken.hash(), taken.signature())));
        ServiceLog log = new ServiceLog("account", List.of(told), 1, Set.of(), List.of());
        History history = new History(Set.of(), List.of(log), audit(found), History.Topics.NONE, List.of());
        Given given = new Given(List.of(), List.of(KEY.getPublic()), List.of());
        return new Verification(given)
                .of(() -> history).lines().stream()
                        .filter(each -> each.name().equals("signed"))
                        .findFirst()
                        .orElseThrow();
    }

    private static History.Audit audit(List<String> rows) {
        return new History.Audit(rows.stream().map(AuditRows::read).toList(), rows.size());
    }

    private static List<String> asPostgreSqlKeepsThem(List<JsonNode> written) throws IOException, SQLException {
        List<String> found = new ArrayList<>();
        try (EmbeddedPostgres server = EmbeddedPostgres.builder().start();
                Connection connection = server.getPostgresDatabase().getConnection();
                PreparedStatement statement = connection.prepareStatement("select ?::jsonb::text")) {
            for (JsonNode each : written) {
                statement.setString(1, Json.write(each));
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    found.add(row.getString(1));
                }
            }
        }
        return found;
    }

    private static RawRecord record(String topic, String text) {
        return new RawRecord(topic, 0, 0, "linode:5", Instant.EPOCH, Optional.empty(), text);
    }

    private static String event(long number, Map<String, ?> data) {
        return Json.write(envelope("scheduler.Any", number, data));
    }

    private static <T> Envelope<T> envelope(String type, long number, T data) {
        UUID id = new UUID(1, number);
        return new Envelope<>(
                id,
                type,
                1,
                "linode:5",
                number,
                null,
                7L,
                null,
                null,
                null,
                null,
                Instant.EPOCH,
                id,
                null,
                Actor.service("tests"),
                null,
                data);
    }

    private static CheckpointKey key(KeyPair pair) {
        return CheckpointKey.of(
                Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()));
    }

    private static KeyPair keyPair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
