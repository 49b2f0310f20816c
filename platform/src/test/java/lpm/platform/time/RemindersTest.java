package lpm.platform.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import lpm.contracts.Actor;
import lpm.contracts.Command;
import lpm.platform.Request;
import lpm.platform.store.DueCommands.Due;
import lpm.platform.store.Stop;
import lpm.platform.toy.CounterCommand.Add;
import lpm.platform.toy.CounterCommand.Explode;
import lpm.platform.toy.CounterCommand.Open;
import lpm.platform.toy.CounterEvent;
import lpm.platform.toy.Rig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RemindersTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final HandClock clock = new HandClock();
    private Rig rig;
    private Reminders reminders;

    /** A clock that only moves when told. */
    private static final class HandClock extends Clock {
        private Instant now = START;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneId.of("UTC");
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @BeforeEach
    void freshSchema() {
        rig = new Rig("toytime").create();
        reminders = reminders();
        rig.send(new Open("a", 1_000), new Open("b", 1_000));
    }

    private Reminders reminders() {
        return new Reminders(
                rig.commands,
                rig.due,
                clock,
                rig.dueBell,
                rig.meters,
                () -> true,
                Executors.newVirtualThreadPerTaskExecutor(),
                new Stop());
    }

    private void add(String source, int position, boolean reminder, Duration after, Command command) {
        UUID id = UUID.randomUUID();
        Request request = new Request(id, id, null, Actor.timer("toytime"), null, START);
        rig.due.add(List.of(new Due(source, position, 0, reminder, START.plus(after), request, command)));
    }

    private void passAll() throws InterruptedException {
        for (int i = 0; i < 50 && reminders.pass(); i++) {
            assertThat(i).isLessThan(49);
        }
    }

    @Test
    void aReminderIsDecidedWhenItsTimeHasComeAndOnce() throws Exception {
        add("counter:a", 1, true, Duration.ofSeconds(5), new Add("a", 2));
        passAll();
        assertThat(rig.total("a")).isZero();

        clock.now = START.plusSeconds(5);
        passAll();
        passAll();

        assertThat(rig.total("a")).isEqualTo(2);
        assertThat(rig.streams.read("counter:a", 1, 1).getFirst().event().actor())
                .isEqualTo(Actor.timer("toytime"));
    }

    @Test
    void ownCommandsOfOneSourceKeepTheirOrder() throws Exception {
        for (int i = 1; i <= 30; i++) {
            add("counter:a", i, false, Duration.ZERO, new Add("a", i));
        }
        passAll();

        assertThat(rig.streams.read("counter:a", 1, 100))
                .extracting(each -> ((CounterEvent.Added) each.event().data()).amount())
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 30).boxed().toList());
    }

    @Test
    void aFailingCommandHoldsUpItsOwnSourceOnlyAndIsParkedInTheEnd() throws Exception {
        add("counter:a", 1, false, Duration.ZERO, new Explode("a"));
        add("counter:a", 2, false, Duration.ZERO, new Add("a", 1));
        add("counter:b", 3, false, Duration.ZERO, new Add("b", 1));
        for (int i = 0; i < Reminders.MAX_TRIES + 2; i++) {
            passAll();
            clock.now = clock.now.plusSeconds(60);
        }

        assertThat(rig.total("b")).isEqualTo(1);
        assertThat(rig.total("a")).as("waits behind the parked one").isZero();
        assertThat(rig.due.parked(10)).singleElement().satisfies(stuck -> {
            assertThat(stuck.source()).isEqualTo("counter:a");
            assertThat(stuck.failure()).contains("told to explode");
        });
        assertThat(rig.due.countParked()).isEqualTo(1);

        rig.store.update("update toytime.due_command set type = 'toytime.counter.Add',"
                + " data = '{\"counter\":\"a\",\"amount\":5}' where due = 'infinity'");
        assertThat(rig.due.release("counter:a", clock.now)).isEqualTo(1);
        passAll();
        assertThat(rig.total("a")).as("released, and what waited behind it").isEqualTo(6);
    }

    @Test
    void aRefusedCommandIsDone() throws Exception {
        add("counter:a", 1, false, Duration.ZERO, new Add("nobody", 1));
        add("counter:a", 2, false, Duration.ZERO, new Add("a", 1));
        passAll();

        assertThat(rig.total("a")).isEqualTo(1);
        assertThat(rig.due.countDue(clock.instant().plusSeconds(60))).isZero();
    }

    @Test
    void twoReplicasDecideEachCommandOnce() throws Exception {
        for (int i = 1; i <= 40; i++) {
            add("counter:" + (i % 5), i, false, Duration.ZERO, new Add("a", 1));
        }
        Reminders other = reminders();
        try (var executor = Executors.newFixedThreadPool(2)) {
            var first = executor.submit(() -> reminders.pass());
            var second = executor.submit(() -> other.pass());
            first.get();
            second.get();
        }
        passAll();

        assertThat(rig.total("a")).isEqualTo(40);
    }
}
