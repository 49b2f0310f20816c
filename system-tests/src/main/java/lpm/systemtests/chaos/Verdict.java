package lpm.systemtests.chaos;

import java.util.List;

/**
 * What one cell came to.
 *
 * @param tries how often it was run; all but the last did not hit their window
 * @param ended how the migration ended: completed, aborted or lost; empty if it was not seen
 * @param seconds from the fault until everything was as it must be
 * @param writes acknowledged meanwhile
 * @param wrong what was not as it must be
 */
record Verdict(Cell cell, Result result, int tries, String ended, double seconds, int writes, List<String> wrong) {
    Verdict {
        wrong = List.copyOf(wrong);
    }

    /** How a cell may come out. */
    enum Result {
        passed,
        failed,
        /** The fault did not hit its window in any try: no evidence. */
        missed
    }

    Verdict after(int earlierTries) {
        return new Verdict(cell, result, earlierTries + tries, ended, seconds, writes, wrong);
    }
}
