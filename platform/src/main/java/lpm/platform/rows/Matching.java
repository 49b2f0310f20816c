package lpm.platform.rows;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import lpm.platform.Query;
import lpm.platform.Query.Condition;

/** Evaluates conditions and orders on JSON trees, exactly as {@link SqlQuery} makes PostgreSQL do it. */
public final class Matching {
    private Matching() {}

    /** Whether the condition holds for a row. */
    public static boolean matches(Condition condition, JsonNode row) {
        return switch (condition) {
            case Condition.And and -> and.all().stream().allMatch(each -> matches(each, row));
            case Condition.Or or -> or.any().stream().anyMatch(each -> matches(each, row));
            case Condition.Compare compare ->
                compares(compare, Paths.at(row, compare.path()), Paths.scalar(compare.value()));
        };
    }

    private static boolean compares(Condition.Compare compare, JsonNode found, Optional<JsonNode> wanted) {
        return switch (compare.operator()) {
            case equal -> equal(found, wanted);
            case notEqual -> !equal(found, wanted);
            case greater -> ordered(found, wanted, sign -> sign > 0);
            case greaterOrEqual -> ordered(found, wanted, sign -> sign >= 0);
            case less -> ordered(found, wanted, sign -> sign < 0);
            case lessOrEqual -> ordered(found, wanted, sign -> sign <= 0);
            case contains ->
                wanted.filter(JsonNode::isTextual).isPresent()
                        && anyOf(
                                found,
                                each -> each.isTextual()
                                        && each.textValue()
                                                .contains(wanted.get().textValue()));
        };
    }

    private static boolean equal(JsonNode found, Optional<JsonNode> wanted) {
        if (wanted.isEmpty()) {
            return found.isMissingNode() || found.isNull();
        }
        return anyOf(found, each -> same(each, wanted.get()));
    }

    private static boolean anyOf(JsonNode found, Predicate<JsonNode> holds) {
        return found.isArray()
                ? StreamSupport.stream(found.spliterator(), false).anyMatch(holds)
                : holds.test(found);
    }

    private static boolean same(JsonNode left, JsonNode right) {
        boolean numbers = left.isNumber() && right.isNumber();
        return numbers ? left.decimalValue().compareTo(right.decimalValue()) == 0 : left.equals(right);
    }

    private static boolean ordered(JsonNode found, Optional<JsonNode> wanted, Predicate<Integer> sign) {
        boolean comparable = wanted.isPresent() && comparable(found, wanted.get());
        return comparable && sign.test(compareScalars(found, wanted.get()));
    }

    private static boolean comparable(JsonNode found, JsonNode wanted) {
        return (found.isNumber() && wanted.isNumber()) || (found.isTextual() && wanted.isTextual());
    }

    static Comparator<Map.Entry<String, ? extends JsonNode>> order(List<Query.Order> keys) {
        Comparator<Map.Entry<String, ? extends JsonNode>> order = (_, _) -> 0;
        for (Query.Order key : keys) {
            Comparator<Map.Entry<String, ? extends JsonNode>> one =
                    (a, b) -> compareScalars(Paths.at(a.getValue(), key.path()), Paths.at(b.getValue(), key.path()));
            order = order.thenComparing(key.descending() ? one.reversed() : one);
        }
        return order.thenComparing(Map.Entry::getKey, Matching::compareIds);
    }

    /** Null, then truth values, numbers, texts, and the rest. */
    private static int compareScalars(JsonNode left, JsonNode right) {
        int byKind = Integer.compare(kind(left), kind(right));
        if (byKind != 0) {
            return byKind;
        }
        if (left.isNumber()) {
            return left.decimalValue().compareTo(right.decimalValue());
        }
        return left.isTextual() || left.isBoolean() ? compareTexts(left.asText(), right.asText()) : 0;
    }

    private static int kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case MISSING, NULL -> 0;
            case BOOLEAN -> 1;
            case NUMBER -> 2;
            case STRING -> 3;
            case ARRAY, BINARY, OBJECT, POJO -> 4;
        };
    }

    private static int compareIds(String left, String right) {
        boolean leftNumber = isNumber(left);
        boolean rightNumber = isNumber(right);
        if (leftNumber && rightNumber) {
            int byNumber = Long.compare(Long.parseLong(left), Long.parseLong(right));
            return byNumber != 0 ? byNumber : compareTexts(left, right);
        }
        return leftNumber == rightNumber ? compareTexts(left, right) : Boolean.compare(rightNumber, leftNumber);
    }

    private static boolean isNumber(String id) {
        return !id.isEmpty() && id.length() <= 18 && id.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** By code points, as PostgreSQL's collation "C" orders UTF-8. */
    private static int compareTexts(String left, String right) {
        return Arrays.compare(left.codePoints().toArray(), right.codePoints().toArray());
    }
}
