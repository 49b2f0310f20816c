package lpm.platform.rest;

import java.util.Optional;

/** Reads whole numbers of requests. */
final class Numbers {
    private static final int MAX_DIGITS = 18;

    private Numbers() {}

    static Optional<Long> parse(String text) {
        boolean digits = text.matches("-?[0-9]{1," + MAX_DIGITS + "}");
        return digits ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }
}
