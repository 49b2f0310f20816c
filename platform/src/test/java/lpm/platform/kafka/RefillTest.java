package lpm.platform.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import lpm.platform.Parked;
import lpm.platform.store.ParkedRecords;
import lpm.platform.toy.CounterCommand.Add;
import lpm.platform.toy.CounterCommand.Open;
import lpm.platform.toy.Rig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A topic that was lost is filled again: everything a reader may still need, and nothing that happens twice. */
class RefillTest {
    private final Sent sent = new Sent();
    private Rig rig;
    private ParkedRecords records;
    private Reactor reactor;
    private Refill refill;
    private Outbox outbox;

    @BeforeEach
    void freshSchema() {
        rig = new Rig("toyrefill").create();
        records = new ParkedRecords(rig.store);
        reactor = new Reactor(rig.inside());
        begin();
        rig.send(new Open("a", 1_000_000));
    }

    private void begin() {
        refill = new Refill(rig.inside(), reactor, records);
        outbox = new Outbox(rig.inside(), reactor, records, refill);
        refill.begin(sent);
    }

    private void drain() {
        for (int i = 0; refill.pass(sent) || outbox.pass(sent) != Outbox.Pass.idle; i++) {
            assertThat(i).isLessThan(1_000);
        }
    }

    private void loseTopics() {
        sent.all.clear();
        sent.id += " again";
        begin();
    }

    @Test
    void theSameTopicIsFilledOnce() {
        rig.send(new Add("a", 7));
        drain();
        List<Sent.One> first = List.copyOf(sent.all);
        begin();
        drain();

        assertThat(sent.all).isEqualTo(first);
    }

    @Test
    void aNewTopicGetsEveryEventAndOrderAsItWasAndThenWhatIsNew() {
        rig.send(new Add("a", 7), new Add("a", 8), new Add("a", 9));
        drain();
        List<Sent.One> first = List.copyOf(sent.all);
        long due = due();
        rig.send(new Add("a", 10));
        loseTopics();
        drain();

        assertThat(sent.all.subList(0, first.size())).isEqualTo(first);
        assertThat(sent.amounts()).containsExactly(7L, 8L, 9L, 10L);
        assertThat(due()).as("what follows inside follows once").isEqualTo(due);
    }

    @Test
    void whatWasHalfFilledWhenItsProcessDiedIsFilledToTheEnd() {
        for (int i = 0; i < Outbox.BATCH; i++) {
            rig.send(new Add("a", 100 + i));
        }
        drain();
        loseTopics();
        assertThat(refill.pass(sent)).isTrue();
        assertThat(sent.amounts()).hasSize(Outbox.BATCH - 1);
        begin();
        drain();

        assertThat(sent.amounts()).hasSize(Outbox.BATCH).doesNotHaveDuplicates();
        assertThat(refill.isDone(sent)).isTrue();
    }

    @Test
    void lostAgainMeanwhileItIsFilledFromTheBeginning() {
        for (int i = 0; i < Outbox.BATCH; i++) {
            rig.send(new Add("a", 100 + i));
        }
        drain();
        loseTopics();
        refill.pass(sent);
        loseTopics();
        drain();

        assertThat(sent.amounts()).hasSize(Outbox.BATCH).doesNotHaveDuplicates();
    }

    @Test
    void ordersThatTopicsWouldNotKeepAnyMoreStayGone() {
        rig.send(new Add("a", 7));
        drain();
        rig.store.update("update toyrefill.event set occurred_at ="
                + " to_char(occurred_at::timestamptz - interval '8 days', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')");
        loseTopics();
        drain();

        assertThat(sent.types()).containsExactly("platform.Opened", "platform.Added");
    }

    @Test
    void ordersOfAParkedReactionWaitForTheirReleaseAndThatForTheTopic() {
        rig.send(new Add("a", 7), new Add("a", 13));
        rig.send(new Add("a", 7));
        drain();
        loseTopics();
        ParkedWork parked = new ParkedWork(rig.inside(), records, null, outbox, () -> sent);
        rig.toy.unlucky = false;
        assertThatThrownBy(() -> parked.release(Parked.Source.reaction, "counter:a"))
                .hasMessageContaining("release it when that is done");
        drain();
        assertThat(orders()).isEqualTo(2);

        assertThat(parked.release(Parked.Source.reaction, "counter:a")).isEqualTo(2);
        assertThat(orders()).isEqualTo(4);
    }

    @Test
    void anOrderWhoseTopicIsNotThereYetKeepsAllLaterOnesWaiting() {
        AtomicInteger prepared = new AtomicInteger();
        rig.send(new Add("a", 7));
        drain();
        loseTopics();
        sent.missing.add("lpm.storage.commands");
        assertThatThrownBy(() -> refill.pass(sent)).hasMessage("there is no topic lpm.storage.commands yet");
        sent.close();
        refill = new Refill(rig.inside(), reactor, records);
        refill.prepare(() -> {
            prepared.incrementAndGet();
            sent.missing.clear();
        });
        refill.begin(sent);
        drain();

        assertThat(prepared).hasValue(1);
        assertThat(sent.types())
                .containsExactly("platform.Opened", "platform.Added", "storage.FinishMove", "storage.AbortMove");
    }

    private long orders() {
        return sent.all.stream()
                .filter(each -> each.topic().equals("lpm.storage.commands"))
                .count();
    }

    private long due() {
        return rig.due.countDue(Clock.systemUTC().instant().plus(Duration.ofMinutes(1)));
    }
}
