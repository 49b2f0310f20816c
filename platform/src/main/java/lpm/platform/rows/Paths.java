package lpm.platform.rows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Optional;
import java.util.regex.Pattern;
import lpm.platform.Query;
import lpm.platform.json.Json;

/** What both kinds of rows take from a query, checked. */
final class Paths {
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_.+-]{1,200}");
    private static final Pattern TABLE = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    private Paths() {}

    static String[] fields(String path) {
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException("not a field path: " + path);
        }
        return path.split("\\.", -1);
    }

    static String table(String name) {
        if (!TABLE.matcher(name).matches()) {
            throw new IllegalArgumentException("not a table name: " + name);
        }
        return name;
    }

    static JsonNode at(JsonNode row, String path) {
        JsonNode node = row;
        for (String field : fields(path)) {
            node = node.isObject() ? node.path(field) : MissingNode.getInstance();
        }
        return node;
    }

    /** The scalar a condition compares with; empty stands for null. */
    static Optional<JsonNode> scalar(Optional<Object> value) {
        return value.map(given -> {
            JsonNode node = Json.MAPPER.valueToTree(given);
            if (!node.isValueNode() || node.isNull()) {
                throw new IllegalArgumentException("expected a text, number or truth value, found " + node);
            }
            return node;
        });
    }

    static void checkDepth(Query.Condition condition, int depth) {
        if (depth > Query.MAX_DEPTH) {
            throw new IllegalArgumentException("conditions nested deeper than " + Query.MAX_DEPTH);
        }
        switch (condition) {
            case Query.Condition.And and -> and.all().forEach(each -> checkDepth(each, depth + 1));
            case Query.Condition.Or or -> or.any().forEach(each -> checkDepth(each, depth + 1));
            case Query.Condition.Compare _ -> {}
        }
    }
}
