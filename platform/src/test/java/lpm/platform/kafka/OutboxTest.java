package lpm.platform.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.LongStream;
import lpm.contracts.Actor;
import lpm.contracts.Cause;
import lpm.contracts.Envelope;
import lpm.platform.Parked;
import lpm.platform.store.DueCommands;
import lpm.platform.store.ParkedRecords;
import lpm.platform.toy.CounterCommand.Add;
import lpm.platform.toy.CounterCommand.Open;
import lpm.platform.toy.Database;
import lpm.platform.toy.Rig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private final Sent sent = new Sent();
    private Rig rig;
    private Outbox outbox;
    private ParkedRecords records;

    @BeforeEach
    void freshSchema() {
        rig = new Rig("toyoutbox").create();
        records = new ParkedRecords(rig.store);
        outbox = outbox();
        rig.send(new Open("a", 1_000_000));
    }

    private Outbox outbox() {
        Reactor reactor = new Reactor(rig.inside());
        return new Outbox(rig.inside(), reactor, records, new Refill(rig.inside(), reactor, records));
    }

    private void drain() {
        for (int i = 0; i < 1_000 && outbox.pass(sent) != Outbox.Pass.idle; i++) {
            assertThat(i).isLessThan(999);
        }
    }

    @Test
    void publishesStoredEventsInOrderAndOnce() {
        rig.send(new Add("a", 1), new Add("a", 2));
        rig.send(new Add("a", 3));

        drain();
        outbox = outbox();
        drain();

        assertThat(sent.all).extracting(Sent.One::topic).containsOnly("lpm.toyoutbox.events");
        assertThat(sent.all).extracting(Sent.One::key).containsOnly("counter:a");
        assertThat(sent.all).extracting(each -> each.envelope().sequence()).containsExactly(0L, 1L, 2L, 3L);
        Envelope<?> first = sent.all.getFirst().envelope();
        assertThat(first.type()).isEqualTo("platform.Opened");
        assertThat(first.accountId()).isEqualTo(7);
        assertThat(first.actor()).isEqualTo(new Actor(Actor.Kind.user, "1"));
        assertThat(first.commandId()).isNotNull();
    }

    @Test
    void nothingMovesWhileKafkaDoesNotAcknowledge() {
        rig.send(new Add("a", 7));
        sent.broken = true;
        assertThatThrownBy(() -> outbox.pass(sent)).hasMessageContaining("no broker");
        assertThat(sent.all).isEmpty();

        sent.broken = false;
        drain();

        assertThat(sent.types())
                .containsExactly("platform.Opened", "platform.Added", "storage.FinishMove", "storage.AbortMove");
    }

    @Test
    void commandsForOthersCarryTheirCauseAndAreTheSameEachTime() {
        rig.send(new Add("a", 7));
        drain();
        rig.store.update("delete from toyoutbox.outbox_position");
        drain();

        List<Sent.One> commands = sent.all.stream()
                .filter(each -> each.topic().equals("lpm.storage.commands"))
                .toList();
        assertThat(commands).hasSize(4);
        assertThat(commands.subList(2, 4)).isEqualTo(commands.subList(0, 2));
        Sent.One finish = commands.getFirst();
        Envelope<?> event = sent.all.get(1).envelope();
        assertThat(finish.key()).isEqualTo("move:7");
        assertThat(finish.envelope().cause()).isEqualTo(Cause.of("toyoutbox", "counter:a", 1, 0));
        assertThat(commands.get(1).envelope().cause()).isEqualTo(Cause.of("toyoutbox", "counter:a", 1, 1));
        assertThat(finish.envelope().causationId()).isEqualTo(event.id());
        assertThat(finish.envelope().correlationId()).isEqualTo(event.correlationId());
        assertThat(finish.envelope().notAfter()).isEqualTo(event.occurredAt().plusSeconds(60));
        assertThat(commands.get(1).envelope().notAfter()).isNull();
        assertThat(finish.envelope().id().version()).isEqualTo(5);
        assertThat(event.id().version()).isEqualTo(7);
    }

    @Test
    void waitsForASlowTransactionAndSkipsNothing() throws Exception {
        drain();
        try (Connection slow = Database.source().getConnection();
                Statement statement = slow.createStatement()) {
            slow.setAutoCommit(false);
            statement.execute("select pg_current_xact_id()");
            statement.execute(
                    "insert into toyoutbox.event (event_id, aggregate_id, sequence, aggregate_type, occurred_at,"
                            + " type, version, data, meta) select gen_random_uuid(), 'counter:slow', 0, aggregate_type,"
                            + " occurred_at, 'platform.Opened', '1', '{\"counter\":\"slow\",\"max\":1}', meta"
                            + " from toyoutbox.event limit 1");
            rig.send(new Add("a", 1));
            for (int i = 0; i < 20; i++) {
                assertThat(outbox.pass(sent)).isEqualTo(Outbox.Pass.heldUp);
            }
            slow.commit();
        }
        drain();

        assertThat(sent.all).extracting(Sent.One::key).containsExactly("counter:a", "counter:slow", "counter:a");
    }

    @Test
    void goesPastPositionsThatWereRolledBack() throws Exception {
        try (Connection lost = Database.source().getConnection();
                Statement statement = lost.createStatement()) {
            lost.setAutoCommit(false);
            statement.execute("select pg_current_xact_id()");
            statement.execute("select nextval('toyoutbox.event_position') from generate_series(1, 3)");
            rig.send(new Add("a", 1));
            assertThat(outbox.pass(sent)).isEqualTo(Outbox.Pass.published);
            assertThat(outbox.pass(sent)).isEqualTo(Outbox.Pass.heldUp);
            lost.rollback();
        }
        drain();

        assertThat(sent.amounts()).containsExactly(1L);
    }

    @Test
    void skipsNothingUnderManyWritersThatAlsoRollBack() throws Exception {
        rig.send(new Open("b", 1_000_000), new Open("c", 1_000_000), new Open("full", 0));
        try (var executor = Executors.newFixedThreadPool(6)) {
            List<Future<?>> writers = new ArrayList<>();
            for (String counter : List.of("a", "b", "c")) {
                writers.add(executor.submit(() -> LongStream.rangeClosed(1, 60).forEach(i -> {
                    rig.send(new Add(counter, 1_000 + i));
                    if (ThreadLocalRandom.current().nextInt(4) == 0) {
                        rig.send(new Add(counter, 5_000), new Add("full", 1));
                    }
                })));
            }
            while (writers.stream().anyMatch(each -> !each.isDone())) {
                outbox.pass(sent);
            }
            for (Future<?> each : writers) {
                each.get();
            }
        }
        drain();

        for (String key : List.of("counter:a", "counter:b", "counter:c")) {
            assertThat(sent.all.stream().filter(each -> each.key().equals(key)))
                    .extracting(each -> each.envelope().sequence())
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(0, 60).boxed().toList());
        }
    }

    @Test
    void aReactionThatFailsParksItsAggregateOnly() {
        rig.send(new Open("b", 1_000));
        rig.send(new Add("a", 13));
        rig.send(new Add("a", 7), new Add("b", 7));

        drain();

        assertThat(sent.amounts()).as("events are published all the same").containsExactly(13L, 7L, 7L);
        assertThat(sent.types()).as("only b's commands went").containsSubsequence("storage.FinishMove");
        assertThat(commandCauses()).containsExactly("counter:b", "counter:b");
        assertThat(records.list(10)).extracting(each -> each.item().key()).containsExactly("counter:a", "counter:a");
    }

    @Test
    void aCommandForATopicThatDoesNotExistParksItsAggregateOnly() {
        rig.send(new Open("b", 1_000));
        sent.missing.add("lpm.storage.commands");
        rig.send(new Add("a", 7), new Add("b", 8));

        drain();

        assertThat(sent.amounts()).containsExactly(7L, 8L);
        assertThat(records.list(10)).singleElement().satisfies(parked -> {
            assertThat(parked.item().key()).isEqualTo("counter:a");
            assertThat(parked.item().why()).isEqualTo("there is no topic lpm.storage.commands");
        });
        assertThat(rig.due.countDue(Clock.systemUTC().instant())).isEqualTo(1);
    }

    @Test
    void aParkedReactionIsReleasedInOrder() {
        rig.send(new Add("a", 13));
        rig.send(new Add("a", 7));
        drain();
        ParkedWork parked = new ParkedWork(rig.inside(), records, null, outbox, () -> sent);
        assertThat(parked.list()).extracting(Parked.Entry::what).containsExactly("platform.Added", "platform.Added");
        assertThatThrownBy(() -> parked.release(Parked.Source.reaction, "counter:a"))
                .hasMessageContaining("thirteen");
        assertThat(parked.count()).isEqualTo(2);

        rig.toy.unlucky = false;
        assertThat(parked.release(Parked.Source.reaction, "counter:a")).isEqualTo(2);

        assertThat(parked.count()).isZero();
        assertThat(commandCauses()).containsExactly("counter:a", "counter:a");
    }

    @Test
    void ownCommandsAndRemindersAreDueOnceHoweverOftenReactRuns() {
        rig.send(new Add("a", 8), new Add("a", 9));
        drain();
        rig.store.update("delete from toyoutbox.outbox_position");
        drain();

        List<DueCommands.Row> due = rig.due.due(Clock.systemUTC().instant().plus(Duration.ofMinutes(1)), 10);
        assertThat(due)
                .extracting(DueCommands.Row::type)
                .containsExactly("toyoutbox.counter.Add", "toyoutbox.counter.Add");
        assertThat(due).extracting(row -> rig.due.command(row)).containsExactly(new Add("a", 1), new Add("a", 2));
    }

    private List<String> commandCauses() {
        return sent.all.stream()
                .filter(each -> each.topic().equals("lpm.storage.commands"))
                .map(each -> each.envelope().cause().aggregateId())
                .toList();
    }
}
