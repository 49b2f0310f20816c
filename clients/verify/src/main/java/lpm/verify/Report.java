package lpm.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a verification came to.
 *
 * @param events how many stored events were looked at
 * @param records how many records of topics were looked at
 */
public record Report(List<Line> lines, long events, long records, double seconds) {
    public Report {
        lines = List.copyOf(lines);
    }

    /** How one invariant fared. */
    public enum Verdict {
        ok,
        violated,
        unchecked
    }

    /**
     * One invariant.
     *
     * @param looked how many things could have broken it
     * @param broken how many did
     * @param detail the first offence, or why it was not checked, or what is to be told although it holds
     */
    public record Line(String name, String says, Verdict verdict, long looked, long broken, String detail) {
        private String text() {
            return String.format(Locale.ROOT, "%-10s %-9s %s%s", name, word(), says, tail());
        }

        private String word() {
            return switch (verdict) {
                case ok -> "ok";
                case violated -> "VIOLATED";
                case unchecked -> "-";
            };
        }

        private String tail() {
            return switch (verdict) {
                case ok ->
                    looked == 0
                            ? " (nothing of the kind happened)"
                            : " (" + looked + " looked at)" + (detail.isEmpty() ? "" : ": " + detail);
                case violated -> " (" + broken + " of " + looked + ")\n" + " ".repeat(21) + "first: " + detail;
                case unchecked -> ": not checkable here, " + detail;
            };
        }
    }

    public boolean holds() {
        return count(Verdict.violated) == 0;
    }

    private long count(Verdict verdict) {
        return lines.stream().filter(each -> each.verdict() == verdict).count();
    }

    /** A line for each invariant, and one for all. */
    public String text() {
        List<String> all = new ArrayList<>();
        lines.forEach(each -> all.add(each.text()));
        all.add(summary());
        return String.join("\n", all);
    }

    /** All in one line. */
    public String summary() {
        return String.format(
                Locale.ROOT,
                "VERIFY %s invariants=%d violated=%d unchecked=%d events=%d records=%d seconds=%.1f",
                holds() ? "OK" : "VIOLATED",
                count(Verdict.ok),
                count(Verdict.violated),
                count(Verdict.unchecked),
                events,
                records,
                seconds);
    }

    /** For programs: everything {@link #text} says. */
    Map<String, Object> json() {
        return Map.of("holds", holds(), "events", events, "records", records, "seconds", seconds, "invariants", lines);
    }
}
