package lpm.platform.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import lpm.contracts.Envelope;
import lpm.platform.Query;
import lpm.platform.json.EnvelopeJson;
import lpm.platform.store.ParkedRecords;
import lpm.platform.toy.CounterEvent;
import lpm.platform.toy.CounterEvent.Added;
import lpm.platform.toy.Rig;
import lpm.platform.toy.Toy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many records in a transaction come to the same as each in its own. On a real PostgreSQL, without Kafka. */
class InboxBatchesTest {
    private static final String TOPIC = "lpm.teller.events";
    private static final String TOPIC_ID = "first";
    private static final int RECORDS = 60;

    private Inbox together;

    /** A service's inbox with two partitions to read. */
    private static final class Inbox {
        final Rig rig;
        final InboxBatches batches;
        final InboxStep step;
        final List<Envelope<?>> told = new ArrayList<>();

        Inbox(String name) {
            rig = new Rig(name).create();
            rig.listeners.add(told::add);
            InboxPositions positions = new InboxPositions(rig.store);
            Intake intake = new Intake(rig.inside());
            step = new InboxStep(rig.inside(), intake, positions, new ParkedRecords(rig.store), Sent::new);
            batches = new InboxBatches(rig.inside(), intake, positions, step);
            positions.next(TOPIC, TOPIC_ID, 0);
            positions.next(TOPIC, TOPIC_ID, 1);
        }

        /** As one poll brings them. */
        @SafeVarargs
        final void take(List<Received>... partitions) {
            batches.takeFronts(List.of(partitions)).forEach(batches::take);
        }

        /** Everything that it left: own events, what it knows, how far it is, what it laid aside. */
        List<String> left() {
            List<String> all = new ArrayList<>();
            all.addAll(query("select type || data from %s.event order by aggregate_id, sequence"));
            all.addAll(query("select partition || ' ' || next_offset from %s.inbox_position order by partition"));
            all.addAll(query("select stream || last from %s.inbox_sequence order by stream"));
            all.addAll(query("select key || record_offset || why from %s.parked order by key, id"));
            rig.rows
                    .find(Toy.KNOWN, Query.all().orderBy("id", false), Toy.Row.class)
                    .forEach(each -> all.add(each.toString()));
            return all;
        }

        List<String> query(String sql) {
            return rig.store.query(sql.formatted(rig.store.schema()), row -> String.valueOf(row.getString(1)));
        }

        List<Long> toldAmounts() {
            return told.stream().map(each -> ((Added) each.data()).amount()).toList();
        }

        Map<String, List<Long>> toldOfEach() {
            return told.stream()
                    .map(each -> (Added) each.data())
                    .collect(Collectors.groupingBy(
                            Added::counter, Collectors.mapping(Added::amount, Collectors.toList())));
        }
    }

    @BeforeEach
    void open() {
        together = new Inbox("batches");
    }

    private static Received record(long offset, String counter, long sequence, CounterEvent data) {
        return record(offset, counter, sequence, data, 1);
    }

    private static Received record(long offset, String counter, long sequence, CounterEvent data, int version) {
        return record(0, offset, counter, sequence, data, version);
    }

    private static Received record(
            int partition, long offset, String counter, long sequence, CounterEvent data, int version) {
        String type = "platform." + data.getClass().getSimpleName();
        byte[] value = EnvelopeJson.write(TwoServices.event(counter, sequence, data, type, version));
        return new Received(TOPIC, TOPIC_ID, partition, offset, "counter:" + counter, value);
    }

    private static Received much(long offset, String counter, long sequence) {
        return record(offset, counter, sequence, new Added(counter, Toy.MUCH + offset));
    }

    @Test
    void whatIsOnlyNotedIsTakenInOneTransaction() {
        Added third = new Added("d", Toy.MUCH + 9);
        together.take(
                List.of(much(0, "a", 0), much(1, "b", 0), much(2, "a", 1), much(3, "c", 0)),
                List.of(record(1, 7, "d", 0, third, 1)));

        assertThat(together.query("select distinct xmin::text from %s.inbox_sequence"))
                .hasSize(1);
        assertThat(together.query("select stream || ' ' || last from %s.inbox_sequence order by stream"))
                .containsExactly("counter:a 1", "counter:b 0", "counter:c 0", "counter:d 0");
        assertThat(together.query("select next_offset::text from %s.inbox_position order by partition"))
                .containsExactly("4", "8");
        assertThat(together.toldAmounts()).containsExactly(1000L, 1001L, 1002L, 1003L, 1009L);
        assertThat(together.rig.rows.get(Toy.KNOWN, "a", Toy.Row.class)).contains(new Toy.Row("a", 1002));
    }

    @Test
    void deliveredAgainNothingHappensAgain() {
        List<Received> records = List.of(much(0, "a", 0), much(1, "a", 1), much(2, "b", 0));
        together.take(records);
        together.rig.rows.put(Toy.KNOWN, "a", new Toy.Row("a", 5));
        List<String> before = together.left();

        together.take(records);
        assertThat(together.left()).isEqualTo(before);

        together.take(List.of(much(3, "a", 0), much(4, "b", 0), much(5, "b", 1)));
        assertThat(together.toldAmounts()).containsExactly(1000L, 1001L, 1002L, 1005L);
        assertThat(together.rig.rows.get(Toy.KNOWN, "a", Toy.Row.class)).contains(new Toy.Row("a", 5));
    }

    @Test
    void aMissingRecordStopsThereAndWhatWasBeforeItIsTaken() {
        List<Received> records = List.of(much(0, "a", 0), much(1, "b", 0), much(2, "a", 2), much(3, "b", 1));

        assertThatThrownBy(() -> together.take(records))
                .isInstanceOfSatisfying(
                        Intake.Hole.class, hole -> assertThat(hole.offset()).isEqualTo(2));
        assertThat(together.query("select next_offset::text from %s.inbox_position where partition = 0"))
                .containsExactly("2");
        assertThat(together.toldAmounts()).containsExactly(1000L, 1001L);
    }

    @Test
    void laterRecordsOfAParkedKeyFollowIt() {
        together.take(
                List.of(much(0, "a", 0), record(1, "a", 1, new Added("a", 66)), much(2, "a", 2), much(3, "b", 0)));

        assertThat(together.query("select record_offset::text from %s.parked order by id"))
                .containsExactly("1", "2");
        assertThat(together.toldAmounts()).containsExactly(1000L, 1003L);
    }

    @Test
    void anotherTopicOfTheNameIsNotThatOnesPosition() {
        together.take(List.of(much(0, "a", 0), much(1, "a", 1)));
        InboxPositions positions = new InboxPositions(together.rig.store);
        positions.next(TOPIC, "second", 0);

        together.take(List.of(much(2, "a", 2), much(3, "a", 3)));

        assertThat(together.toldAmounts()).containsExactly(1000L, 1001L);
        assertThat(together.query("select next_offset::text from %s.inbox_position where partition = 0"))
                .containsExactly("0");
    }

    /** Whatever comes, in polls of whatever size: duplicates, poison, what is unreadable, commands between. */
    @Test
    void pollsComeToTheSameAsOneByOne() {
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            List<List<Received>> stories = List.of(story(random, 0), story(random, 1));
            Inbox oneByOne = new Inbox("singles");
            Inbox polls = new Inbox("batches");
            stories.forEach(story -> story.forEach(oneByOne.step::take));
            int[] read = new int[stories.size()];
            while (read[0] < RECORDS || read[1] < RECORDS) {
                polls.take(poll(stories.get(0), read, 0, random), poll(stories.get(1), read, 1, random));
            }
            assertThat(polls.left()).as("seed " + seed).isEqualTo(oneByOne.left());
            assertThat(polls.toldOfEach()).as("seed " + seed).isEqualTo(oneByOne.toldOfEach());
        }
    }

    /** The next records of a partition, sometimes with the last ones again. */
    private static List<Received> poll(List<Received> story, int[] read, int partition, Random random) {
        int from = Math.max(0, read[partition] - random.nextInt(3));
        read[partition] = Math.min(RECORDS, read[partition] + random.nextInt(20));
        return story.subList(from, Math.max(from, read[partition]));
    }

    private static List<Received> story(Random random, int partition) {
        Map<String, Long> next = new HashMap<>();
        List<Received> all = new ArrayList<>();
        for (long offset = 0; offset < RECORDS; offset++) {
            String counter = "p" + partition + "-" + random.nextInt(4);
            long number = next.getOrDefault(counter, 0L);
            boolean again = number > 0 && random.nextInt(6) == 0;
            long sequence = again ? random.nextLong(number) : number;
            next.put(counter, Math.max(number, sequence + 1));
            Added data = new Added(
                    counter,
                    switch (random.nextInt(12)) {
                        case 0 -> 5;
                        case 1 -> random.nextInt(3) == 0 ? 66 : 6;
                        default -> Toy.MUCH + offset;
                    });
            all.add(record(partition, offset, counter, sequence, data, random.nextInt(40) == 0 ? 99 : 1));
        }
        return all;
    }
}
