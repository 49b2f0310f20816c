package lpm.platform.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import lpm.platform.Refusal;
import org.jspecify.annotations.Nullable;

/** The one shape of every error: {@code {"errors":[{"reason","field"}]}}, the field absent when it concerns none. */
public record ErrorJson(List<Entry> errors) {
    public ErrorJson {
        errors = List.copyOf(errors);
    }

    /** One reason. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Entry(String reason, @Nullable String field) {}

    public static ErrorJson of(String reason) {
        return new ErrorJson(List.of(new Entry(reason, null)));
    }

    public static ErrorJson of(String field, String reason) {
        return new ErrorJson(List.of(new Entry(reason, field)));
    }

    public static ErrorJson of(Refusal refusal) {
        return new ErrorJson(refusal.reasons().stream()
                .map(each -> new Entry(each.text(), each.field().orElse(null)))
                .toList());
    }
}
