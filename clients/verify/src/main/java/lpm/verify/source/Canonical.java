package lpm.verify.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NumericNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.stream.Collectors;

/** The one text of what a JSON document says: sorted names, numbers in full without trailing zeros, no blanks. */
final class Canonical {
    private Canonical() {}

    static String text(JsonNode node) {
        return switch (node) {
            case ObjectNode object ->
                object.properties().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(each -> TextNode.valueOf(each.getKey()) + ":" + text(each.getValue()))
                        .collect(Collectors.joining(",", "{", "}"));
            case ArrayNode array -> array.valueStream().map(Canonical::text).collect(Collectors.joining(",", "[", "]"));
            case NumericNode number ->
                number.decimalValue().stripTrailingZeros().toPlainString();
            default -> node.toString();
        };
    }
}
