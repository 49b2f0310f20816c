package lpm.systemtests.explore;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One line of a script, such as {@code 12.500 migrate 1}.
 *
 * @param at when, counted from the moment at which the cell is ready; empty: as soon as the line before it is done
 */
public record Step(Optional<Duration> at, String verb, List<String> words) {
    public Step {
        words = List.copyOf(words);
    }

    static Step at(long millis, String text) {
        Step step = of(text);
        return new Step(Optional.of(Duration.ofMillis(millis)), step.verb, step.words);
    }

    /** Reads a line. */
    static Step of(String line) {
        List<String> words = Arrays.asList(line.strip().split("\\s+"));
        boolean timed = Character.isDigit(words.getFirst().charAt(0));
        Optional<Duration> at = timed ? Optional.of(seconds(words.getFirst())) : Optional.empty();
        List<String> rest = timed ? words.subList(1, words.size()) : words;
        if (rest.isEmpty()) {
            throw new IllegalArgumentException("expected a verb in \"" + line + "\"");
        }
        return new Step(at, rest.getFirst(), rest.subList(1, rest.size()));
    }

    static Duration seconds(String text) {
        return Duration.ofMillis(Math.round(Double.parseDouble(text) * 1000));
    }

    @Override
    public String toString() {
        String text = words.isEmpty() ? verb : verb + " " + String.join(" ", words);
        return at.map(time -> "%d.%03d %s".formatted(time.toSeconds(), time.toMillisPart(), text))
                .orElse(text);
    }
}
