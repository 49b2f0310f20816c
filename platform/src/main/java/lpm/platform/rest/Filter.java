package lpm.platform.rest;

import java.util.Optional;
import java.util.stream.Stream;
import lpm.platform.Query;

/** What X-Filter asked for: which rows, and by what they are sorted. */
public record Filter(Optional<Query.Condition> condition, Optional<Query.Order> order) {
    public static final Filter NONE = new Filter(Optional.empty(), Optional.empty());

    /** The query narrowed by this filter; its own order comes first. */
    public Query apply(Query query) {
        Query narrowed = condition.map(query::and).orElse(query);
        return order.map(first -> new Query(
                        narrowed.where(),
                        Stream.concat(Stream.of(first), narrowed.order().stream())
                                .toList(),
                        narrowed.limit(),
                        narrowed.offset()))
                .orElse(narrowed);
    }
}
