package lpm.systemtests.chaos;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import lpm.cli.Api;
import lpm.local.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./lpm chaos matrix}. */
@Command(
        name = "matrix",
        mixinStandardHelpOptions = true,
        description = "The migration kill matrix: every component, every phase, every fault.")
final class MatrixCommand implements Callable<Integer> {
    @Option(names = "--only", split = ",", description = "Only some cells: component=a+b,phase=c,fault=kill.")
    private Map<String, String> only = Map.of();

    @Option(names = "--seconds", defaultValue = "10", description = "How long a stop or a cut lasts.")
    private int seconds;

    @Option(names = "--minutes", defaultValue = "600", description = "No cell is begun after this time.")
    private int minutes;

    @Mixin
    private final RunOptions options = new RunOptions();

    @Override
    public Integer call() {
        List<Cell> cells =
                Cell.all().stream().filter(each -> each.matches(only)).toList();
        Progress progress = options.progress();
        try (Scratch scratch = options.scratch();
                Playground ground = Playground.start(scratch.folder(), progress)) {
            List<Verdict> verdicts =
                    new Matrix(ground, Duration.ofSeconds(seconds), Duration.ofMinutes(minutes)).run(cells);
            tell(cells, verdicts, System.out);
            boolean allRight = verdicts.size() == cells.size()
                    && verdicts.stream().allMatch(each -> each.result() == Verdict.Result.passed);
            return allRight ? 0 : 1;
        }
    }

    private void tell(List<Cell> cells, List<Verdict> verdicts, PrintStream out) {
        if (options.json()) {
            verdicts.forEach(each -> out.println(tree(each)));
            return;
        }
        verdicts.stream()
                .filter(each -> each.result() != Verdict.Result.passed)
                .forEach(each -> out.println(Matrix.line(each)));
        out.printf(
                "%d cells: %d passed, %d failed, %d did not hit their window, %d not run; %d tries hit nothing%n",
                cells.size(),
                count(verdicts, Verdict.Result.passed),
                count(verdicts, Verdict.Result.failed),
                count(verdicts, Verdict.Result.missed),
                cells.size() - verdicts.size(),
                verdicts.stream().mapToInt(MatrixCommand::misses).sum());
    }

    private static int misses(Verdict verdict) {
        return verdict.result() == Verdict.Result.missed ? verdict.tries() : verdict.tries() - 1;
    }

    private static long count(List<Verdict> verdicts, Verdict.Result result) {
        return verdicts.stream().filter(each -> each.result() == result).count();
    }

    private static ObjectNode tree(Verdict verdict) {
        ObjectNode tree = Api.object()
                .put("component", Cell.label(verdict.cell().component()))
                .put("phase", Cell.label(verdict.cell().phase()))
                .put("fault", Cell.label(verdict.cell().fault()))
                .put("result", verdict.result().name())
                .put("tries", verdict.tries())
                .put("ended", verdict.ended())
                .put("seconds", verdict.seconds())
                .put("writes", verdict.writes());
        verdict.wrong().forEach(tree.putArray("wrong")::add);
        return tree;
    }
}
