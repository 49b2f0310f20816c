package lpm.systemtests.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Searches the models of {@code docs/models} and finds what the table there says. */
class ModelsTest {
    private static final Path MODELS = models();
    private static final Pattern LINE =
            Pattern.compile("^\\| `((handover|fence|relay)[^`]*)` \\| .* \\| (holds|fails) \\| ([0-9,]*) ?\\|$");
    private static final Pattern FOUND = Pattern.compile("^(holds|fails) (\\d+) states .*");
    private static final Pattern MUTANT = Pattern.compile("^#define (\\w+) [1-9]\\d* .*|^#define (\\w+) [1-9]\\d*$");
    private static final int AT_ONCE = 2;

    /** A line of the table; {@code states} is empty where the search ends at an error. */
    private record Run(String arguments, String model, String result, String states) {
        /** What the table says, in the words of the script. */
        private String expected() {
            return result.equals("holds") ? "holds " + states.replace(",", "") + " states" : "fails";
        }
    }

    @TestFactory
    Stream<DynamicTest> everySearchEndsAsTheTableSays() throws IOException {
        assumeTrue(
                isInstalled("spin") && isInstalled("gcc"),
                "spin and gcc are not both installed: the models of docs/models were NOT run");
        try (ExecutorService searches = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<String>> found = new ArrayList<>();
            List<Run> runs = runs();
            runs.forEach(run -> found.add(searches.submit(() -> search(run))));
            searches.shutdown();
            return Stream.iterate(0, i -> i + 1)
                    .limit(runs.size())
                    .map(i -> DynamicTest.dynamicTest(runs.get(i).arguments(), () -> {
                        assertThat(found.get(i).get()).isEqualTo(runs.get(i).expected());
                    }));
        }
    }

    @Test
    void everyMutantOfAModelIsInTheTable() throws IOException {
        List<Run> runs = runs();
        for (String model : List.of("handover", "fence", "relay")) {
            List<String> mutants = mutants(model);
            assertThat(mutants).isNotEmpty();
            assertThat(mutants).allSatisfy(mutant -> assertThat(runs).anySatisfy(run -> {
                assertThat(run.arguments().split(" ")).contains(model, "-DMUTANT=" + mutant);
                assertThat(run.result()).isEqualTo("fails");
            }));
        }
    }

    /** The mutants stand between the one that is none and the macro that asks for one. */
    private static List<String> mutants(String model) throws IOException {
        return Files.readAllLines(MODELS.resolve(model + ".pml")).stream()
                .dropWhile(line -> !line.startsWith("#define none 0"))
                .takeWhile(line -> !line.startsWith("#define IS("))
                .map(MUTANT::matcher)
                .filter(Matcher::matches)
                .map(line -> line.group(1) == null ? line.group(2) : line.group(1))
                .toList();
    }

    private static List<Run> runs() throws IOException {
        List<Run> runs = Files.readAllLines(MODELS.resolve("README.md")).stream()
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .map(line -> new Run(line.group(1), line.group(2), line.group(3), line.group(4)))
                .toList();
        assertThat(runs.stream().map(Run::model)).contains("handover", "fence", "relay");
        return runs;
    }

    private static String search(Run run) throws IOException {
        List<String> command = new ArrayList<>(List.of(MODELS.resolve("run").toString()));
        command.addAll(List.of(run.arguments().split(" ")));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        Matcher found = FOUND.matcher(said.lines().findFirst().orElse(""));
        if (!found.matches()) {
            throw new IllegalStateException(String.join(" ", command) + " says: " + said);
        }
        return found.group(1).equals("holds") ? "holds " + found.group(2) + " states" : "fails";
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static Path models() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docs/models/README.md"))) {
            folder = folder.getParent();
        }
        return folder.resolve("docs/models");
    }
}
