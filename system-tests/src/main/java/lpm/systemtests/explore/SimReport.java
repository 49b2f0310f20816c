package lpm.systemtests.explore;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import lpm.systemtests.explore.SeedOutcome.Failure;

/** What all seeds of a run came to together, for people and for programs. */
final class SimReport {
    private final String commit;
    private final Map<String, Long> sightings = new TreeMap<>();
    private final List<Failure> failures = new ArrayList<>();
    private long seeds;
    private long doubleRuns;

    SimReport(String commit) {
        this.commit = commit;
    }

    void add(SeedOutcome outcome) {
        seeds++;
        doubleRuns += outcome.doubleRuns();
        outcome.sightings().forEach((what, count) -> sightings.merge(what, count, Long::sum));
        outcome.failure().ifPresent(failures::add);
    }

    boolean passed() {
        return failures.isEmpty();
    }

    /** For programs, as JSON. */
    Map<String, Object> fields(double minutes) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("commit", commit);
        report.put("seeds", seeds);
        report.put("failed", failures.size());
        report.put("seeds_per_minute", perMinute(minutes));
        report.put("migrations", migrations());
        report.put("double_runs", doubleRuns);
        report.put("sometimes", sightings);
        report.put("missed", missed());
        report.put("failures", failures);
        return report;
    }

    /** For people. */
    String text(double minutes) {
        StringBuilder text = new StringBuilder("sometimes:\n");
        sightings.forEach((what, count) -> text.append("  %8d  %s%n".formatted(count, what)));
        missed().forEach(each -> text.append("    MISSED  %s%n".formatted(each)));
        text.append("%s; %d double runs%n"
                .formatted(
                        migrations().entrySet().stream()
                                .map(each -> each.getValue() + " " + each.getKey())
                                .collect(Collectors.joining(", ", "simulated migrations: ", "")),
                        doubleRuns));
        text.append("%d seeds, %d failed, %d missed, %d seeds per minute, commit %s"
                .formatted(seeds, failures.size(), missed().size(), perMinute(minutes), commit));
        return text.toString();
    }

    /** How many began, and how they ended; each that ends does so once. */
    private Map<String, Long> migrations() {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("begun", sightings.getOrDefault(Sightings.BEGUN, 0L));
        counts.put("completed", sightings.getOrDefault(Sightings.COMPLETED, 0L));
        counts.put("aborted", sightings.getOrDefault(Sightings.ABORTED, 0L));
        counts.put("lost", sightings.getOrDefault(Sightings.LOST, 0L));
        return counts;
    }

    private List<String> missed() {
        return Sightings.ALL.stream()
                .filter(each -> !sightings.containsKey(each))
                .toList();
    }

    private long perMinute(double minutes) {
        return Math.round(seeds / minutes);
    }
}
