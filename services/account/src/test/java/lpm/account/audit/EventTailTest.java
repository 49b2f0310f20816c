package lpm.account.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import lpm.account.audit.AuditView.Kind;
import lpm.account.audit.AuditView.Newest;
import lpm.account.audit.AuditView.Row;
import lpm.account.audit.AuditView.Who;
import lpm.platform.Query;
import lpm.platform.Query.Condition;
import lpm.platform.rest.RecordedSink;
import lpm.platform.rows.InMemoryRows;
import org.junit.jupiter.api.Test;

class EventTailTest {
    private final InMemoryRows rows = new InMemoryRows();
    private final RecordedSink sink = RecordedSink.quick();

    @Test
    void sendsTheEventsAfterThePositionAndNothingElse() {
        append(1, Kind.event, "linode:1");
        append(2, Kind.command, "linode:1");
        append(3, Kind.event, "linode:2");
        append(4, Kind.event, "linode:1");

        follow(Optional.empty(), 1);

        assertThat(sink.ids()).containsExactly("3", "4");
    }

    @Test
    void theFilterIsThatOfTheList() {
        append(1, Kind.event, "linode:1");
        append(2, Kind.event, "linode:2");
        append(3, Kind.event, "linode:1");

        follow(Query.where("aggregate_id", "linode:1").where(), 0);

        assertThat(sink.ids()).containsExactly("1", "3");
    }

    @Test
    void whatComesWhileItFollowsIsSentToo() {
        append(1, Kind.event, "linode:1");
        AtomicInteger looks = new AtomicInteger();

        follow(Optional.empty(), 0, () -> {
            if (looks.incrementAndGet() == 2) {
                append(2, Kind.event, "linode:1");
            }
            return looks.get() < 4;
        });

        assertThat(sink.ids()).containsExactly("1", "2");
    }

    @Test
    void aRevokedTokenEndsItWithItsReason() {
        follow(Optional.empty(), 0);

        assertThat(sink.last()).isEqualTo("end {\"reason\":\"the token is not valid any more\"}");
        assertThat(sink.isClosed()).isTrue();
    }

    private void follow(Optional<Condition> filter, long after) {
        AtomicInteger looks = new AtomicInteger();
        follow(filter, after, () -> looks.incrementAndGet() == 1);
    }

    private void follow(Optional<Condition> filter, long after, BooleanSupplier admission) {
        new EventTail(rows, filter, after, admission, sink.answer(Duration.ofSeconds(1))).run();
    }

    private void append(long position, Kind kind, String aggregate) {
        Row row = new Row(
                position,
                kind,
                "lpm.scheduler.events",
                0,
                position,
                aggregate,
                "id-" + position,
                "scheduler.Any",
                1,
                aggregate,
                position,
                null,
                null,
                null,
                Who.NOBODY,
                null,
                "2026-01-01T00:00:00Z",
                JsonNodeFactory.instance.objectNode());
        rows.put(AuditView.TABLE, AuditTrail.id(position), row);
        rows.put(AuditView.POSITION, AuditTrail.NEWEST, new Newest(position, AuditChain.START));
    }
}
