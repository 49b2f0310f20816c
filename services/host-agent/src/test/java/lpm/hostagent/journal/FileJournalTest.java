package lpm.hostagent.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import lpm.contracts.Actor;
import lpm.contracts.BlockDevice;
import lpm.contracts.Cause;
import lpm.contracts.Envelope;
import lpm.contracts.HostId;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;
import lpm.contracts.PoolId;
import lpm.contracts.host.HostReport;
import lpm.platform.json.EnvelopeJson;
import lpm.platform.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileJournalTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Cause CAUSE = new Cause("scheduler", "linode:1", 64);

    @TempDir
    Path folder;

    @Test
    void remembersEverythingOverARestart() {
        try (FileJournal journal = open("a")) {
            fill(journal);
        }
        try (FileJournal journal = open("a")) {
            holds(journal.state());
        }
    }

    @Test
    void whatWasConnectedIsRememberedAndAnOlderJournalHasNothing() {
        LinodeMemory connected = LinodeMemory.none(new LinodeId(3))
                .connecting(
                        new MigrationId(7),
                        List.of(new BlockDevice("sda", BlockDevice.Kind.disk, 4, PoolId.of("p"), 64)));
        Entry entry = new Entry.Remembered(connected);
        assertThat(Json.read(Json.write(entry), Entry.class)).isEqualTo(entry);
        String older = Json.write(new Entry.Remembered(LinodeMemory.none(new LinodeId(3))))
                .replace("\"connected\":null,", "");
        assertThat(older).doesNotContain("connected");
        assertThat(Json.read(older, Entry.class)).isEqualTo(new Entry.Remembered(LinodeMemory.none(new LinodeId(3))));
    }

    @Test
    void provingThatThereIsRoomLeavesNothing() throws IOException {
        try (FileJournal journal = open("a")) {
            fill(journal);
            long size = Files.size(folder.resolve("a"));
            journal.proveRoom();
            assertThat(Files.size(folder.resolve("a"))).isEqualTo(size);
            journal.append(NOW, List.of(new Entry.ReadTo(99)));
        }
        try (FileJournal journal = open("a")) {
            assertThat(journal.state().nextOffset()).isEqualTo(99);
        }
    }

    @Test
    void aTornEndAtAnyByteLosesWholeAppendsOnly() throws IOException {
        try (FileJournal journal = open("whole")) {
            fill(journal);
        }
        byte[] whole = Files.readAllBytes(folder.resolve("whole"));
        long before = 0;
        for (int length = 0; length <= whole.length; length++) {
            Path cut = folder.resolve("cut");
            Files.write(cut, Arrays.copyOf(whole, length));
            try (FileJournal journal = new FileJournal(cut)) {
                long known = weight(journal.state());
                assertThat(known).isGreaterThanOrEqualTo(before);
                before = known;
                journal.append(NOW, List.of(new Entry.SentTo(9)));
            }
            try (FileJournal journal = new FileJournal(cut)) {
                assertThat(weight(journal.state())).isEqualTo(before);
                assertThat(journal.state().unsent()).isEmpty();
            }
        }
        assertThat(before).isEqualTo(5);
    }

    @Test
    void aDamagedMiddleIsNotTakenForATornEnd() throws IOException {
        try (FileJournal journal = open("a")) {
            fill(journal);
        }
        byte[] bytes = Files.readAllBytes(folder.resolve("a"));
        bytes[20] ^= 1;
        Files.write(folder.resolve("a"), bytes);
        assertThatThrownBy(() -> open("a")).hasMessageContaining("damaged before its end");
    }

    @Test
    void compactingSaysTheSameInOneLine() throws IOException {
        try (FileJournal journal = open("a")) {
            fill(journal);
            for (int i = 0; i <= FileJournal.COMPACT_AFTER_LINES; i++) {
                journal.append(NOW, List.of(new Entry.SentTo(0)));
            }
            holds(journal.state());
        }
        assertThat(Files.readAllLines(folder.resolve("a"))).hasSizeLessThan(20);
        try (FileJournal journal = open("a")) {
            holds(journal.state());
        }
    }

    @Test
    void forgetsTombstonesAfterEightDaysButNothingThatRuns() {
        try (FileJournal journal = open("a")) {
            fill(journal);
            JournalState later = new JournalState();
            journal.state().compacted(NOW.plus(Duration.ofDays(9))).forEach(later::apply);
            assertThat(later.isDone(CAUSE)).isFalse();
            assertThat(later.linode(new LinodeId(1)).runs()).isTrue();
            assertThat(later.linode(new LinodeId(2)).ownerEpoch()).isZero();
            JournalState sooner = new JournalState();
            journal.state().compacted(NOW.plus(Duration.ofDays(7))).forEach(sooner::apply);
            assertThat(sooner.isDone(CAUSE)).isTrue();
            assertThat(sooner.linode(new LinodeId(2)).ownerEpoch()).isEqualTo(6);
        }
    }

    @Test
    void inOtherTopicsOrdersBeginAnewAndReportsAreSentAgain() {
        try (FileJournal journal = open("a")) {
            fill(journal);
            journal.append(NOW, List.of(new Entry.InTopics("orders-1", "reports-1")));
            holds(journal.state());
            journal.append(NOW, List.of(new Entry.InTopics("orders-2", "reports-1")));
            assertThat(journal.state().nextOffset()).isZero();
            assertThat(journal.state().unsent()).hasSize(1);
            journal.append(NOW, List.of(new Entry.ReadTo(7), new Entry.InTopics("orders-2", "reports-2")));
        }
        try (FileJournal journal = open("a")) {
            JournalState compacted = new JournalState();
            journal.state().compacted(NOW).forEach(compacted::apply);
            for (JournalState state : List.of(journal.state(), compacted)) {
                assertThat(state.nextOffset()).isEqualTo(7);
                assertThat(state.unsent()).extracting(Envelope::sequence).containsExactly(0L, 1L);
                assertThat(state.topics()).contains(new Entry.InTopics("orders-2", "reports-2"));
                assertThat(state.isDone(CAUSE)).isTrue();
            }
        }
    }

    @Test
    void keepsOnlyTheLastReportsThatWereSent() {
        JournalState state = new JournalState();
        state.apply(new Entry.InTopics("orders", "reports"));
        int all = JournalState.KEPT_REPORTS + 300;
        for (int i = 0; i < all; i++) {
            state.apply(reported(i));
        }
        assertThat(state.unsent()).hasSize(all);
        state.apply(new Entry.SentTo(all - 11));
        assertThat(state.unsent()).hasSize(10);
        state.apply(new Entry.InTopics("orders", "new reports"));
        assertThat(state.unsent()).hasSize(JournalState.KEPT_REPORTS + 10);
    }

    @Test
    void aReportReadBackIsTheSameOnTheWire() {
        byte[] written;
        try (FileJournal journal = open("a")) {
            fill(journal);
            written = EnvelopeJson.write(journal.state().unsent().getFirst());
        }
        try (FileJournal journal = open("a")) {
            assertThat(EnvelopeJson.write(journal.state().unsent().getFirst())).isEqualTo(written);
        }
    }

    @Test
    void isForItsOwnerOnly() throws IOException {
        try (FileJournal journal = open("a")) {
            fill(journal);
        }
        assertThat(java.nio.file.attribute.PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(folder.resolve("a"))))
                .isEqualTo("rw-------");
    }

    private FileJournal open(String name) {
        return new FileJournal(folder.resolve(name));
    }

    private static void fill(FileJournal journal) {
        journal.append(NOW, List.of(new Entry.Began("i1", "boot", 40), new Entry.ReadTo(42)));
        journal.append(NOW, List.of(new Entry.Adopted(3)));
        HostRef by = new HostRef(HostId.of("h1"), 3);
        LinodeMemory gone = LinodeMemory.none(new LinodeId(2))
                .after(new HostReport.LinodeBootObserved(by, new LinodeId(2), 6, 1))
                .after(new HostReport.SourceReleased(by, new MigrationId(7), new LinodeId(2), 45));
        LinodeMemory runs =
                LinodeMemory.none(new LinodeId(1)).after(new HostReport.LinodeBootObserved(by, new LinodeId(1), 1, 1));
        journal.append(
                NOW,
                List.of(
                        new Entry.Done(CAUSE.stream(), CAUSE.number(), NOW),
                        new Entry.Remembered(runs.from(new Origin(new UUID(1, 2), new UUID(3, 4), 5L), NOW)),
                        new Entry.Remembered(gone.from(Origin.ITSELF, NOW))));
        journal.append(NOW, List.of(new Entry.SecretKept("ref", "sealed", NOW), reported(0)));
        journal.append(NOW, List.of(new Entry.SentTo(0), reported(1)));
    }

    private static void holds(JournalState state) {
        assertThat(state.incarnation()).contains("i1");
        assertThat(state.hostEpoch()).isEqualTo(3);
        assertThat(state.nextOffset()).isGreaterThanOrEqualTo(42);
        assertThat(state.nextSequence()).isEqualTo(2);
        assertThat(state.isDone(CAUSE)).isTrue();
        assertThat(state.isDone(new Cause("scheduler", "linode:1", 65))).isFalse();
        assertThat(state.linode(new LinodeId(1)).runs()).isTrue();
        assertThat(state.linode(new LinodeId(1)).origin().accountId()).isEqualTo(5L);
        assertThat(state.linode(new LinodeId(2)).settled())
                .contains(new LinodeMemory.Settled(new MigrationId(7), true, 45));
        assertThat(state.secret("ref")).isEqualTo(Optional.of("sealed"));
        assertThat(state.unsent()).hasSize(1);
    }

    /** How many of the five appends are there. */
    private static long weight(JournalState state) {
        return List.of(
                        state.incarnation().isPresent(),
                        state.hostEpoch() == 3,
                        state.isDone(CAUSE),
                        state.secret("ref").isPresent(),
                        state.nextSequence() == 2)
                .stream()
                .filter(each -> each)
                .count();
    }

    private static Entry reported(long sequence) {
        HostReport fact = new HostReport.LinodeBootObserved(new HostRef(HostId.of("h1"), 3), new LinodeId(1), 1, 1);
        return new Entry.Reported(
                sequence,
                new Envelope<>(
                        new UUID(0, sequence),
                        "host.LinodeBootObserved",
                        1,
                        "report:h1/i1",
                        sequence,
                        null,
                        5L,
                        1L,
                        3L,
                        null,
                        null,
                        NOW,
                        new UUID(0, 0),
                        null,
                        Actor.host(HostId.of("h1")),
                        null,
                        fact));
    }
}
