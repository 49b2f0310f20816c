package lpm.platform.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import lpm.contracts.HostId;
import lpm.contracts.Topics;
import lpm.platform.kafka.HostChannel.TopicPair;
import lpm.platform.runtime.AxonRuntime;
import lpm.platform.toy.CounterCommand.Add;
import lpm.platform.toy.CounterCommand.Open;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Topics that are lost with all that is in them, and made again. */
class LostTopicsTest extends TwoServices {
    @Test
    void whatWasHeardIsHeardOnceAndWhatWasNotIsHeard() {
        AxonRuntime from = start(teller);
        AxonRuntime first = startListener();
        send(from, new Open("a", 100_000), new Add("a", 101));
        soon().until(() -> amounts(first, "copy-a").equals(List.of(101L)));
        first.close();
        send(from, new Add("a", 102), new Add("a", 105));
        awaitPublished(4);
        broker.remakeTopic("lpm." + teller + ".events", 3);
        send(from, new Add("a", 103));
        AxonRuntime second = startListener();

        soon().until(() -> amounts(second, "copy-a").size() == 4);
        send(from, new Add("a", 104));
        soon().until(() -> amounts(second, "copy-a").size() == 5);
        assertThat(amounts(second, "copy-a")).containsExactly(101L, 102L, 105L, 103L, 104L);
        assertThat(second.condition().isReady()).isTrue();
    }

    @Test
    void readersAndWritersThatAreThereGoOn() {
        AxonRuntime from = start(teller);
        AxonRuntime to = startListener();
        send(from, new Open("a", 100_000), new Add("a", 101));
        soon().until(() -> amounts(to, "copy-a").equals(List.of(101L)));
        broker.remakeTopic("lpm." + teller + ".events", 3);
        for (int i = 2; i <= 40; i++) {
            send(from, new Add("a", 100 + i));
        }

        Awaitility.await()
                .atMost(60, TimeUnit.SECONDS)
                .until(() -> amounts(to, "copy-a").size() >= 40);
        assertThat(amounts(to, "copy-a"))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(101, 140).boxed().toList());
        assertThat(to.condition().isReady()).isTrue();
    }

    @Test
    void anOrderThatNobodyHadReadIsTakenOnce() {
        Pattern orders = Pattern.compile("lpm\\.storage\\.commands");
        AxonRuntime from = start(teller);
        send(from, new Open("a", 100_000), new Add("a", 7));
        awaitPublished(2);
        broker.remakeTopic("lpm.storage.commands", 3);
        broker.remakeTopic("lpm." + teller + ".events", 3);
        AxonRuntime to = start(listener, orders);
        List<Long> taken = new CopyOnWriteArrayList<>();
        to.onHeard(order -> taken.add(order.cause().number()));

        soon().until(() -> taken.size() == 2);
        send(from, new Add("a", 7));
        soon().until(() -> taken.size() == 4);
        assertThat(taken).containsExactlyInAnyOrder(64L, 65L, 128L, 129L);
        assertThat(to.parked().count()).isZero();
        from.close();
        to.close();
        // other tests read every order that is there
        broker.remakeTopic("lpm.storage.commands", 3);
    }

    @Test
    void aHostIsToldThatItsTopicsAreOthers() throws Exception {
        HostId host = HostId.of("lost" + teller);
        Topics.ofHost(host).forEach(each -> broker.makeTopic(each.name(), 1));
        TopicPair before;
        try (HostChannel channel = new HostChannel(broker.connection(), host, Optional.empty(), Optional.empty())) {
            before = channel.started().get(30, TimeUnit.SECONDS).topics();
        }
        Topics.ofHost(host).forEach(each -> broker.remakeTopic(each.name(), 1));
        publish(Topics.hostCommands(host), "k", new byte[] {'x'});
        try (HostChannel channel = new HostChannel(broker.connection(), host, Optional.of(before), Optional.of(0L))) {
            TopicPair now = channel.replaced().get(30, TimeUnit.SECONDS);
            assertThat(now.commands()).isNotEqualTo(before.commands());
            assertThat(now.reports()).isNotEqualTo(before.reports());
            assertThat(channel.take(Duration.ZERO)).isEmpty();
        }
    }

    private void awaitPublished(long events) {
        soon().until(() -> broker.records("lpm." + teller + ".events", 3) >= events);
    }
}
