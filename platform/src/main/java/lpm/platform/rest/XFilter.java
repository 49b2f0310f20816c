package lpm.platform.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lpm.platform.Query;
import lpm.platform.Query.Condition;
import lpm.platform.Query.Operator;
import org.jspecify.annotations.Nullable;

/**
 * Reads the X-Filter header. Keys are field names or {@code +and}, {@code +or}, {@code +order_by}, {@code +order}; a
 * value is equality or an object of operators; several keys mean all of them.
 */
public final class XFilter {
    static final String HEADER = "X-Filter";

    /** Longest header read, in characters. */
    static final int MAX_CHARACTERS = 8192;

    /** Comparisons in one filter. */
    static final int MAX_COMPARISONS = 200;

    private static final ObjectMapper MAPPER = ApiJson.mapper();

    private final FilterFields fields;
    private int comparisons;

    private XFilter(FilterFields fields) {
        this.fields = fields;
    }

    /** Reads a filter over rows of a type; refuses with 400 about the field {@code X-Filter}. */
    public static Filter parse(@Nullable String header, Class<?> row) {
        if (header == null || header.isBlank()) {
            return Filter.NONE;
        }
        if (header.length() > MAX_CHARACTERS) {
            throw refused("Filter is too long");
        }
        return new XFilter(FilterFields.of(row)).filter(tree(header));
    }

    private static JsonNode tree(String header) {
        try {
            JsonNode tree = MAPPER.readTree(header);
            if (!tree.isObject()) {
                throw refused("Filter must be a JSON object");
            }
            return tree;
        } catch (JsonProcessingException _) {
            throw refused("Filter is not valid JSON");
        }
    }

    private Filter filter(JsonNode tree) {
        Optional<Query.Order> order = order(tree);
        List<Condition> all = conditions(tree, 0);
        return new Filter(all.isEmpty() ? Optional.empty() : Optional.of(joined(all)), order);
    }

    private Optional<Query.Order> order(JsonNode tree) {
        JsonNode by = tree.get("+order_by");
        JsonNode direction = tree.get("+order");
        if (direction != null
                && !direction.asText().equals("asc")
                && !direction.asText().equals("desc")) {
            throw refused("+order must be asc or desc");
        }
        if (by == null) {
            if (direction != null) {
                throw refused("+order needs +order_by");
            }
            return Optional.empty();
        }
        kindOf(by.asText());
        return Optional.of(new Query.Order(
                by.asText(), direction != null && direction.asText().equals("desc")));
    }

    private List<Condition> conditions(JsonNode object, int depth) {
        if (depth > Query.MAX_DEPTH - 2) {
            throw refused("Filter is nested too deeply");
        }
        if (!object.isObject()) {
            throw refused("Filters inside +and and +or must be JSON objects");
        }
        List<Condition> all = new ArrayList<>();
        for (Map.Entry<String, JsonNode> each : object.properties()) {
            switch (each.getKey()) {
                case "+and" -> all.add(new Condition.And(joinedEach(each.getValue(), depth)));
                case "+or" -> all.add(new Condition.Or(joinedEach(each.getValue(), depth)));
                case "+order_by", "+order" -> onlyOnTop(depth);
                default -> all.addAll(field(each.getKey(), each.getValue()));
            }
        }
        return all;
    }

    private static void onlyOnTop(int depth) {
        if (depth > 0) {
            throw refused("+order_by and +order must be on the top level");
        }
    }

    private List<Condition> joinedEach(JsonNode list, int depth) {
        if (!list.isArray() || list.isEmpty()) {
            throw refused("+and and +or need a list of filters");
        }
        List<Condition> each = new ArrayList<>();
        for (JsonNode inner : list) {
            each.add(joined(conditions(inner, depth + 1)));
        }
        return each;
    }

    private static Condition joined(List<Condition> all) {
        return all.size() == 1 ? all.getFirst() : new Condition.And(all);
    }

    private List<Condition> field(String path, JsonNode value) {
        FilterFields.Kind kind = kindOf(path);
        if (!value.isObject()) {
            return List.of(compare(path, kind, Operator.equal, value));
        }
        List<Condition> all = new ArrayList<>();
        for (Map.Entry<String, JsonNode> each : value.properties()) {
            all.add(compare(path, kind, operator(each.getKey()), each.getValue()));
        }
        return all;
    }

    private FilterFields.Kind kindOf(String path) {
        return fields.kind(path).orElseThrow(() -> refused("Cannot filter on " + printable(path)));
    }

    private static Operator operator(String name) {
        return switch (name) {
            case "+gt" -> Operator.greater;
            case "+gte" -> Operator.greaterOrEqual;
            case "+lt" -> Operator.less;
            case "+lte" -> Operator.lessOrEqual;
            case "+contains" -> Operator.contains;
            case "+neq" -> Operator.notEqual;
            default -> throw refused("Unknown operator " + printable(name));
        };
    }

    private Condition compare(String path, FilterFields.Kind kind, Operator operator, JsonNode value) {
        if (++comparisons > MAX_COMPARISONS) {
            throw refused("Filter has too many comparisons");
        }
        if (operator == Operator.contains && !value.isTextual()) {
            throw refused("+contains needs a string");
        }
        Optional<Object> operand =
                operator == Operator.contains ? Optional.of(value.textValue()) : operand(kind, value);
        boolean equality = operator == Operator.equal || operator == Operator.notEqual;
        if (operand.isEmpty() && !equality) {
            throw refused("null can only be compared for equality");
        }
        return new Condition.Compare(path, operator, operand);
    }

    private static Optional<Object> operand(FilterFields.Kind kind, JsonNode value) {
        if (value.isNull()) {
            return Optional.empty();
        }
        if (value.isTextual()) {
            return Optional.of(kind == FilterFields.Kind.number ? numberIn(value.textValue()) : value.textValue());
        }
        if (value.isBoolean()) {
            return Optional.of(value.booleanValue());
        }
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return Optional.of(value.longValue());
        }
        if (value.isNumber()) {
            return Optional.of(value.doubleValue());
        }
        throw refused("Filter values must be strings, numbers, true, false or null");
    }

    /** The command line client sends numbers as text. */
    private static Object numberIn(String text) {
        return Numbers.parse(text).<Object>map(number -> number).orElse(text);
    }

    private static String printable(String name) {
        String shown = name.replaceAll("[^\\x20-\\x7e]", "?");
        return shown.length() > 100 ? shown.substring(0, 100) : shown;
    }

    private static Refused refused(String reason) {
        return Refused.of(HEADER, reason);
    }
}
