package lpm.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import lpm.verify.history.History;
import lpm.verify.invariant.Catalogue;
import lpm.verify.invariant.Findings;
import lpm.verify.invariant.Given;
import lpm.verify.invariant.Invariant;
import lpm.verify.source.Source;
import lpm.verify.source.Unreadable;

/** Reads a history and looks at every invariant. */
public final class Verification {
    /** All that can be checked holds. */
    public static final int OK = 0;
    /** Something is broken. */
    public static final int VIOLATED = 1;
    /** It could not be checked. */
    public static final int UNCHECKED = 2;

    private static final double NANOS_PER_SECOND = 1e9;

    private final List<Invariant> invariants;

    /**
     * Checks by what it is given too.
     *
     * @throws Unreadable for kept checkpoints without a key of the audit
     */
    public Verification(Given given) {
        if (given.auditKeys().isEmpty() && !given.kept().isEmpty()) {
            throw new Unreadable("A checkpoint can be looked at only with the audit's public key: --audit-key FILE.");
        }
        this.invariants = Catalogue.all(given);
    }

    /** Reads once and checks all. */
    public Report of(Source source) {
        long started = System.nanoTime();
        History history = source.read();
        List<Report.Line> lines =
                invariants.stream().map(each -> line(each, history)).toList();
        double seconds = (System.nanoTime() - started) / NANOS_PER_SECOND;
        return new Report(lines, history.stored().count(), history.records().size(), seconds);
    }

    private static Report.Line line(Invariant invariant, History history) {
        return switch (invariant.how()) {
            case Invariant.How.Elsewhere it -> unchecked(invariant, it.where());
            case Invariant.How.Looked it ->
                history.lacks(it.needs())
                        .map(missing -> unchecked(invariant, "this source does not show " + missing))
                        .orElseGet(() -> looked(invariant, it.look(), history));
        };
    }

    private static Report.Line unchecked(Invariant invariant, String why) {
        return new Report.Line(invariant.name(), invariant.says(), Report.Verdict.unchecked, 0, 0, why);
    }

    private static Report.Line looked(Invariant invariant, Invariant.Look look, History history) {
        Findings findings = new Findings();
        look.at(history, findings);
        return new Report.Line(
                invariant.name(),
                invariant.says(),
                findings.broken() == 0 ? Report.Verdict.ok : Report.Verdict.violated,
                findings.looked(),
                findings.broken(),
                findings.first().or(findings::note).orElse(""));
    }

    /** A report as JSON. */
    public static String json(Report report) {
        try {
            return new ObjectMapper().writeValueAsString(report.json());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report cannot be written", e);
        }
    }
}
