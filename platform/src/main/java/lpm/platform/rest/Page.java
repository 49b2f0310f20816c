package lpm.platform.rest;

import java.util.List;
import java.util.function.Function;

/** One page of a list: {@code {data,page,pages,results}}. */
public record Page<T>(List<T> data, int page, int pages, long results) {
    public Page {
        data = List.copyOf(data);
    }

    /** All of a short list on one page. */
    public static <T> Page<T> single(List<T> all) {
        return new Page<>(all, 1, 1, all.size());
    }

    /** The same page of other things. */
    public <R> Page<R> map(Function<? super T, ? extends R> mapper) {
        return new Page<>(data.stream().<R>map(mapper).toList(), page, pages, results);
    }
}
