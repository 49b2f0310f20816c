package lpm.platform.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import lpm.platform.Lookup;
import lpm.platform.Query;
import lpm.platform.Refusal;
import org.jspecify.annotations.Nullable;

/** Which page of how many rows was asked for. */
public record Paging(int page, int size) {
    static final int MIN_SIZE = 25;
    static final int MAX_SIZE = 500;
    static final int DEFAULT_SIZE = 100;

    public static final Paging FIRST = new Paging(1, DEFAULT_SIZE);

    /** Reads {@code ?page=} and {@code ?page_size=}. */
    public static Paging parse(@Nullable String page, @Nullable String size) {
        List<Refusal.Reason> reasons = new ArrayList<>();
        int number = number(page, 1, 1, Integer.MAX_VALUE, "page", "Must be an integer, 1 or greater", reasons);
        int rows = number(
                size, DEFAULT_SIZE, MIN_SIZE, MAX_SIZE, "page_size", "Must be " + MIN_SIZE + "-" + MAX_SIZE, reasons);
        if (!reasons.isEmpty()) {
            throw new Refused(new Refusal(Refusal.Kind.invalid, reasons));
        }
        return new Paging(number, rows);
    }

    /** Reads one page of rows; asked for a page past the end, it is the last one. */
    public <T> Page<T> read(Lookup rows, String table, Query query, Class<T> type) {
        return read(
                rows.count(table, query),
                (limit, offset) -> rows.find(table, query.limit(limit).offset(offset), type));
    }

    /** Reads one page of so many results from any source of (limit, offset). */
    public <T> Page<T> read(long results, BiFunction<Integer, Long, List<T>> source) {
        int pages = (int) Math.max(1, Math.ceilDiv(results, (long) size));
        int shown = Math.min(page, pages);
        List<T> data = results == 0 ? List.of() : source.apply(size, (shown - 1L) * size);
        return new Page<>(data, shown, pages, results);
    }

    private static int number(
            @Nullable String text, int absent, int min, int max, String field, String reason, List<Refusal.Reason> to) {
        if (text == null) {
            return absent;
        }
        Optional<Integer> value =
                Numbers.parse(text).filter(each -> each >= min && each <= max).map(Long::intValue);
        if (value.isEmpty()) {
            to.add(new Refusal.Reason(Optional.of(field), reason));
        }
        return value.orElse(absent);
    }
}
