package lpm.systemtests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Style that matters is a test. */
class TidyTest {
    private static final int MAX_FILE_LINES = 300;
    private static final int MAX_VOCABULARY_LINES = 420;
    private static final int MAX_METHOD_LINES = 40;
    private static final int MAX_LINE_LENGTH = 120;
    private static final Pattern METHOD = Pattern.compile("^    (?:    )?\\S.*\\) (?:throws [\\w., ]+ )?\\{$");
    private static final Pattern OTHER_BLOCK = Pattern.compile(" (?:class|record|switch) |^ {8}[A-Z]\\w+ \\w+\\) \\{$");
    private static final Pattern UNFINISHED = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|X" + "XX)\\b(?! #\\d+)");
    private static final Pattern EMPTY_CATCH = Pattern.compile("catch \\([^)]*\\) \\{\\s*}");
    private static final Pattern SLEEP = Pattern.compile("Thread\\.sleep\\(");

    @Test
    void filesAreSmall() {
        check(file ->
                lines(file).size() > (file.toString().contains("/contracts/") ? MAX_VOCABULARY_LINES : MAX_FILE_LINES)
                        ? List.of(lines(file).size() + " lines")
                        : List.of());
    }

    @Test
    void linesAreShort() {
        check(file -> numbered(file, line -> line.length() > MAX_LINE_LENGTH && !isTestData(file, line)));
    }

    /** A literal of a test is shown whole. */
    private static boolean isTestData(Path file, String line) {
        return file.toString().contains("/src/test/") && line.strip().matches("(\\+ )?\".*");
    }

    @Test
    void methodsAreShort() {
        check(TidyTest::longMethods);
    }

    @Test
    void nothingIsLeftForLaterWithoutAnIssue() {
        check(file -> numbered(file, line -> UNFINISHED.matcher(line).find()));
    }

    @Test
    void noErrorIsSwallowed() {
        check(file -> EMPTY_CATCH.matcher(String.join("\n", lines(file))).find() ? List.of("empty catch") : List.of());
    }

    @Test
    void noTestSleepsForLuck() {
        check(file -> file.toString().contains("/src/test/")
                ? numbered(file, line -> SLEEP.matcher(line).find())
                : List.of());
    }

    private interface Rule {
        List<String> broken(Path file);
    }

    private static void check(Rule rule) {
        List<String> broken = new ArrayList<>();
        for (Path file : SourceTree.files(".java")) {
            rule.broken(file).forEach(each -> broken.add(SourceTree.ROOT.relativize(file) + ": " + each));
        }
        assertThat(broken).isEmpty();
    }

    private static List<String> numbered(Path file, java.util.function.Predicate<String> wrong) {
        List<String> found = new ArrayList<>();
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            if (wrong.test(lines.get(i))) {
                found.add("line " + (i + 1) + ": " + lines.get(i).strip());
            }
        }
        return found;
    }

    private static List<String> longMethods(Path file) {
        List<String> found = new ArrayList<>();
        List<String> lines = lines(file);
        for (int start = 0; start < lines.size(); start++) {
            String line = lines.get(start);
            if (METHOD.matcher(line).matches() && !OTHER_BLOCK.matcher(line).find()) {
                String indent =
                        line.substring(0, line.length() - line.stripLeading().length());
                int end = start;
                while (end < lines.size() && !lines.get(end).equals(indent + "}")) {
                    end++;
                }
                if (end - start - 1 > MAX_METHOD_LINES) {
                    found.add("line " + (start + 1) + ": " + (end - start - 1) + " lines: " + line.strip());
                }
            }
        }
        return found;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
