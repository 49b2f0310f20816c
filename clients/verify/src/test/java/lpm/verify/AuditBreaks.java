package lpm.verify;

import static lpm.verify.Breaks.of;

import java.util.Collections;
import java.util.List;
import lpm.verify.Breaks.Break;

/** What somebody may do to the audit as a whole. */
final class AuditBreaks {
    private AuditBreaks() {}

    static final List<Break> ALL = List.of(
            of("I26", "a row is deleted", told -> told.found(built -> built.audit.remove(10))),
            of("I26", "the newest rows are deleted", told -> told.found(built -> built.audit.removeLast())),
            of("I26", "two rows change places", told -> told.found(built -> Collections.swap(built.audit, 3, 4))),
            of("I26", "a row is told again", told -> told.found(built -> built.audit.add(built.audit.getLast()))),
            of(
                    "I26",
                    "a row is invented",
                    told -> told.found(built -> built.audit.add(
                            AuditJson.row(built.audit.size() + 1L, built.records.get(built.records.size() / 2))))),
            of(
                    "I26",
                    "a row takes the place of another",
                    told -> told.found(built -> built.audit.set(7, AuditJson.row(8, built.records.get(9))))),
            of("I26", "everything is deleted", told -> told.found(built -> built.audit.clear())),
            of("signed", "a row is deleted", told -> told.found(built -> built.audit.remove(10))),
            of("signed", "two rows change places", told -> told.found(built -> Collections.swap(built.audit, 3, 4))),
            of(
                    "signed",
                    "a row says something else",
                    told -> told.found(built -> built.audit.replaceAll(row -> row.replace("us-east", "us-west")))),
            of("signed", "a row nobody can read", told -> told.found(built -> built.audit.set(5, "{"))),
            of(
                    "signed",
                    "the rows are cut off",
                    told -> told.found(
                            built -> built.audit.subList(20, built.audit.size()).clear())),
            of("signed", "somebody else signed", told -> told.found(built -> built.checkpoint(AuditKey::forge))),
            of(
                    "signed",
                    "a checkpoint without a signature",
                    told -> told.found(built -> built.checkpoint((_, _) -> "?"))));
}
