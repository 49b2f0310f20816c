package lpm.systemtests.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import lpm.cli.ApiFailure;
import lpm.local.LocalFailure;

/** Runs cells one after another on one cloud, each of them again while its fault has not hit its window. */
public final class Matrix {
    private static final int TRIES = 4;

    private final Playground ground;
    private final Duration fault;
    private final Instant deadline;
    private final long volume;
    private final List<Verdict> verdicts = new ArrayList<>();
    private long linode;

    /**
     * @param fault how long a component stands still or is cut off
     * @param limit no cell is begun after this time
     */
    Matrix(Playground ground, Duration fault, Duration limit) {
        this.ground = ground;
        this.fault = fault;
        this.deadline = Instant.now().plus(limit);
        this.volume = ground.tenant().volume("register");
        this.linode = ground.running();
    }

    /** Runs what the time allows; the verdicts of the cells that were run. */
    List<Verdict> run(List<Cell> cells) {
        for (Cell cell : cells) {
            if (Instant.now().isAfter(deadline)) {
                break;
            }
            Verdict verdict = run(cell);
            verdicts.add(verdict);
            ground.progress().say("%d/%d %s", verdicts.size(), cells.size(), line(verdict));
        }
        return List.copyOf(verdicts);
    }

    private Verdict run(Cell cell) {
        Verdict verdict = new CellRun(ground, cell, linode, volume, fault).run();
        for (int i = 1; i < TRIES && verdict.result() == Verdict.Result.missed; i++) {
            verdict = new CellRun(ground, cell, linode, volume, fault).run().after(i);
        }
        if (verdict.result() == Verdict.Result.failed) {
            replaceLinode();
        }
        return verdict;
    }

    /** What went wrong with one Linode must not spoil the next cell. */
    private void replaceLinode() {
        try {
            ground.tenant().delete(linode);
        } catch (LocalFailure | ApiFailure e) {
            ground.progress().say("Linode %d stays: %s", linode, String.valueOf(e.getMessage()));
        }
        linode = ground.running();
    }

    static String line(Verdict verdict) {
        return String.format(
                Locale.ROOT,
                "%-36s %-7s %-10s %6.1f s, %d writes%s%s",
                verdict.cell(),
                verdict.result(),
                verdict.ended(),
                verdict.seconds(),
                verdict.writes(),
                verdict.tries() > 1 ? ", " + verdict.tries() + " tries" : "",
                verdict.wrong().isEmpty() ? "" : ": " + String.join("; ", verdict.wrong()));
    }
}
