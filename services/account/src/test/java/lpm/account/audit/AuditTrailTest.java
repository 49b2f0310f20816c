package lpm.account.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lpm.account.audit.AuditView.Kind;
import lpm.account.audit.AuditView.Row;
import lpm.platform.Query;
import lpm.platform.kafka.RawRecord;
import lpm.platform.rows.InMemoryRows;
import org.junit.jupiter.api.Test;

class AuditTrailTest {
    private final InMemoryRows rows = new InMemoryRows();
    private final AuditTrail trail = new AuditTrail(rows);

    @Test
    void positionsGrowWithoutGapsOverBatches() {
        trail.append(List.of(record("lpm.scheduler.events", 0, Map.of()), record("lpm.storage.events", 0, Map.of())));
        trail.append(List.of());
        trail.append(List.of(record("lpm.scheduler.events", 1, Map.of())));

        assertThat(all()).extracting(Row::position).containsExactly(1L, 2L, 3L);
    }

    @Test
    void whatATopicHoldsAgainIsKeptOnce() {
        trail.append(List.of(record("lpm.scheduler.events", 0, Map.of()), record("lpm.scheduler.events", 1, Map.of())));
        trail.append(List.of(record("lpm.scheduler.events", 0, Map.of())));
        trail.append(List.of(
                record("lpm.scheduler.events", 1, Map.of()),
                record("lpm.scheduler.events", 2, Map.of()),
                record("lpm.storage.events", 0, Map.of())));

        assertThat(all()).extracting(Row::sequence).containsExactly(0L, 1L, 2L, 0L);
        assertThat(all()).extracting(Row::position).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void keepsTheWholeEnvelopeForSearching() {
        trail.append(List.of(record("lpm.scheduler.events", 4, Map.of("linode", 5))));

        Row row = rows.find(AuditView.TABLE, Query.where("actor.id", "3"), Row.class)
                .getFirst();
        assertThat(row.kind()).isEqualTo(Kind.event);
        assertThat(row.aggregateId()).isEqualTo("linode:5");
        assertThat(row.correlationId()).isEqualTo(TopicRecords.ID.toString());
        assertThat(row.offset()).isEqualTo(4);
        assertThat(row.data().path("linode").asLong()).isEqualTo(5);
    }

    @Test
    void sealedSecretsAreNeverStored() {
        Map<String, Object> nested = Map.of("sealed", "c2VjcmV0", "inner", Map.of("sealed", "c2VjcmV0"));
        trail.append(List.of(
                record("lpm.host.commands.h1", 0, nested),
                new RawRecord(
                        "lpm.host.commands.h1",
                        0,
                        1,
                        "k",
                        Instant.EPOCH,
                        Optional.empty(),
                        "{\"sealed\":\"c2VjcmV0\"")));

        assertThat(all()).hasSize(2).noneMatch(row -> row.data().toString().contains("c2VjcmV0"));
        assertThat(all()).extracting(Row::kind).containsExactly(Kind.command, Kind.unreadable);
    }

    @Test
    void whatNobodyCanReadIsKeptAsText() {
        trail.append(List.of(
                new RawRecord(
                        "lpm.scheduler.events", 0, 0, "k\u0000", Instant.EPOCH, Optional.empty(), "poison \u0000 text"),
                new RawRecord(
                        "lpm.scheduler.parked",
                        0,
                        0,
                        "k",
                        Instant.EPOCH,
                        Optional.of("lpm.storage.events[3]@7 no such type"),
                        "poison")));

        assertThat(all()).extracting(Row::kind).containsExactly(Kind.unreadable, Kind.parked);
        assertThat(all().getFirst().data().path("text").asText()).isEqualTo("poison \ufffd text");
        assertThat(all().getFirst().key()).doesNotContain("\u0000");
    }

    @Test
    void aParkedRecordTellsWhereItCameFromAndWhy() {
        trail.append(List.of(new RawRecord(
                "lpm.scheduler.parked", 0, 0, "volume:9", Instant.EPOCH, Optional.of("t[3]@7 no such type"), "x")));

        AuditResource.ParkedJson parked = AuditResource.ParkedJson.of(all().getFirst());

        assertThat(parked.service()).isEqualTo("scheduler");
        assertThat(parked.topic()).isEqualTo("t[3]@7");
        assertThat(parked.reason()).isEqualTo("no such type");
    }

    @Test
    void readsEveryTopicButTheSoftState() {
        assertThat(List.of(
                        "lpm.account.events",
                        "lpm.storage.commands",
                        "lpm.migration.parked",
                        "lpm.host.commands.h1",
                        "lpm.host.events.h-2"))
                .allMatch(topic -> AuditTrail.TOPICS.matcher(topic).matches());
        assertThat(List.of("lpm.host.telemetry", "lpm.account.pulse", "__consumer_offsets"))
                .noneMatch(topic -> AuditTrail.TOPICS.matcher(topic).matches());
    }

    private List<Row> all() {
        return rows.find(AuditView.TABLE, Query.all().orderBy("position", false), Row.class);
    }

    private static RawRecord record(String topic, long offset, Map<String, Object> data) {
        return TopicRecords.record(topic, TopicRecords.envelope("scheduler.Any", "linode:5", offset, data));
    }
}
