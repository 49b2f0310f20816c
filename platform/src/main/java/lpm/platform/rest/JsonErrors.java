package lpm.platform.rest;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says what is wrong with a request's JSON, naming the field where there is one. */
final class JsonErrors {
    private JsonErrors() {}

    static ErrorJson of(JacksonException bad) {
        if (bad instanceof StreamConstraintsException || bad.getCause() instanceof StreamConstraintsException) {
            return ErrorJson.of("JSON is nested too deeply or has a value that is too long");
        }
        if (bad instanceof MismatchedInputException mismatch) {
            String field = field(mismatch.getPath());
            String reason = expected(mismatch);
            return field.isEmpty() ? ErrorJson.of(reason) : ErrorJson.of(field, reason);
        }
        if (bad instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
            boolean syntax = mapping.getCause() instanceof JacksonException;
            return syntax ? ErrorJson.of("Malformed JSON") : ErrorJson.of(field(mapping.getPath()), "Invalid value");
        }
        return ErrorJson.of("Malformed JSON");
    }

    private static String field(List<JsonMappingException.Reference> path) {
        StringBuilder text = new StringBuilder();
        for (JsonMappingException.Reference step : path) {
            if (step.getFieldName() == null) {
                text.append('[').append(step.getIndex()).append(']');
            } else {
                text.append(text.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return text.toString();
    }

    private static String expected(MismatchedInputException mismatch) {
        Class<?> type = mismatch.getTargetType();
        if (mismatch instanceof InvalidFormatException invalid && type != null && type.isEnum()) {
            return "Must be one of "
                    + List.of(type.getEnumConstants()).toString().replaceAll("[\\[\\]]", "");
        }
        return expected(type);
    }

    private static String expected(@Nullable Class<?> type) {
        if (type == null) {
            return "Invalid value";
        }
        if (CharSequence.class.isAssignableFrom(type)) {
            return "Must be a string";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "Must be true or false";
        }
        if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
            return "Must be an integer";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "Must be a number";
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "Must be a list";
        }
        if (type == Instant.class) {
            return "Must be a time such as 2018-01-02T03:04:05";
        }
        return "Must be an object";
    }
}
