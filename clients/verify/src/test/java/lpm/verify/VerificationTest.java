package lpm.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import lpm.verify.Report.Line;
import lpm.verify.Report.Verdict;
import lpm.verify.history.Checkpoint;
import lpm.verify.invariant.Given;
import lpm.verify.source.Unreadable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A checker that has never failed is no evidence: every invariant holds of the good story and breaks in a bad one. */
class VerificationTest {
    static final String CANARY = "correct horse battery 9 staple";
    private static final Verification VERIFICATION =
            new Verification(new Given(List.of(CANARY), List.of(AuditKey.known()), List.of()));

    @Test
    void everythingHoldsInTheGoodStoryAndIsReallyLookedAt() {
        Report report = VERIFICATION.of(() -> GoodStory.tell().history());
        assertThat(report.holds()).as(report.text()).isTrue();
        assertThat(report.lines())
                .filteredOn(each -> each.verdict() == Verdict.ok)
                .allSatisfy(each -> assertThat(each.looked()).as(each.name()).isPositive());
    }

    private static Report changed(Breaks.Break each) {
        Told told = GoodStory.tell();
        each.change().accept(told);
        return VERIFICATION.of(told::history);
    }

    @TestFactory
    Stream<DynamicTest> everyBreakIsFound() {
        return Breaks.ALL.stream()
                .map(each -> DynamicTest.dynamicTest(each.name() + ": " + each.what(), () -> {
                    Report report = changed(each);
                    assertThat(line(report, each.name()).verdict())
                            .as(report.text())
                            .isEqualTo(Verdict.violated);
                    assertThat(line(report, each.name()).detail()).isNotBlank();
                    assertThat(report.holds()).isFalse();
                }));
    }

    @TestFactory
    Stream<DynamicTest> whatLooksOddAndIsAllowedIsLetPass() {
        return Breaks.ALLOWED.stream()
                .map(each -> DynamicTest.dynamicTest(each.name() + ": " + each.what(), () -> {
                    Report report = changed(each);
                    assertThat(line(report, each.name()).verdict())
                            .as(report.text())
                            .isEqualTo(Verdict.ok);
                }));
    }

    @Test
    void everyInvariantThatLogsTellHasABreak() {
        Report report = VERIFICATION.of(() -> GoodStory.tell().history());
        assertThat(Breaks.ALL.stream().map(Breaks.Break::name).distinct())
                .containsExactlyInAnyOrderElementsOf(report.lines().stream()
                        .filter(each -> each.verdict() == Verdict.ok)
                        .map(Line::name)
                        .toList());
    }

    @Test
    void everyNumberOfTheListIsNamed() {
        List<String> numbers = new ArrayList<>();
        for (int i = 1; i <= 34; i++) {
            numbers.add("I" + i);
        }
        Report report = VERIFICATION.of(() -> GoodStory.tell().history());
        assertThat(report.lines()).extracting(Line::name).containsAll(numbers).doesNotHaveDuplicates();
    }

    @Test
    void whatASourceDoesNotShowIsNotCheckedAndSaidSo() {
        Report report = VERIFICATION.of(() -> GoodStory.tell().history(Set.of()));
        assertThat(report.holds()).as(report.text()).isTrue();
        assertThat(line(report, "I9").verdict()).isEqualTo(Verdict.unchecked);
        assertThat(report.text()).contains("I9 ").contains("not checkable here, this source does not show stores");
        assertThat(report.summary()).startsWith("VERIFY OK ");
    }

    @Test
    void aReportForProgramsSaysTheSame() {
        Told told = GoodStory.tell();
        told.found(built -> built.stuck.add("linode:1: scheduler.linode.Boot is parked"));
        Report report = VERIFICATION.of(told::history);
        assertThat(Verification.json(report))
                .contains("\"holds\":false")
                .contains("\"name\":\"I30\"")
                .contains("\"verdict\":\"violated\"")
                .contains("scheduler.linode.Boot is parked");
        assertThat(report.text()).contains("I30        VIOLATED").contains("first: ");
    }

    @Test
    void aCheckpointThatWasKeptFindsWhatWasCutOffWithItsCheckpoints() {
        Told told = GoodStory.tell();
        String newest = line(VERIFICATION.of(told::history), "signed").detail().replace("newest ", "");
        Verification withKept =
                new Verification(new Given(List.of(), List.of(AuditKey.known()), List.of(Checkpoint.of(newest))));
        assertThat(line(withKept.of(told::history), "signed").verdict()).isEqualTo(Verdict.ok);

        told.found(built -> built.cutOff(built.audit.size() - 2));

        assertThat(line(VERIFICATION.of(told::history), "signed").verdict()).isEqualTo(Verdict.ok);
        assertThat(line(withKept.of(told::history), "signed").detail())
                .contains("the checkpoint " + newest + " that was kept")
                .contains("the audit ends at");
    }

    @Test
    void withoutTheKeyNothingIsSaidOfSignatures() {
        Report report =
                new Verification(Given.NOTHING).of(() -> GoodStory.tell().history());
        assertThat(line(report, "signed").verdict()).isEqualTo(Verdict.unchecked);

        Given keptOnly = new Given(List.of(), List.of(), List.of(new Checkpoint(1, "0".repeat(64))));
        assertThatThrownBy(() -> new Verification(keptOnly))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("--audit-key");
    }

    @Test
    void keysAndCheckpointsThatAreNoneAreRefusedInWords() {
        assertThatThrownBy(() -> Given.auditKey("AAAA")).hasMessageContaining("openssl pkey -pubout");
        assertThatThrownBy(() -> Checkpoint.of("12:abc")).hasMessageContaining("found '12:abc'");
    }

    private static Line line(Report report, String name) {
        return report.lines().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
