package lpm.platform.rows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import lpm.platform.Query;
import lpm.platform.Query.Condition;

/** A query as SQL over {@code (id text, row jsonb)}. Everything that comes from the query is a bind parameter. */
final class SqlQuery {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final List<Object> parameters = new ArrayList<>();

    private SqlQuery() {}

    /** SQL text and what to bind. */
    record Bound(String sql, List<Object> parameters) {}

    static Bound select(String table, Query query) {
        SqlQuery sql = new SqlQuery();
        String text = "select row::text from " + table + sql.where(query) + sql.order(query.order()) + " limit "
                + sql.bind(query.limit()) + " offset " + sql.bind(query.offset());
        return new Bound(text, sql.parameters);
    }

    static Bound count(String table, Query query) {
        SqlQuery sql = new SqlQuery();
        return new Bound("select count(*) from " + table + sql.where(query), sql.parameters);
    }

    private String where(Query query) {
        query.where().ifPresent(condition -> Paths.checkDepth(condition, 1));
        return query.where().map(condition -> " where " + condition(condition)).orElse("");
    }

    private String condition(Condition condition) {
        return switch (condition) {
            case Condition.And and -> joined(and.all(), " and ", "true");
            case Condition.Or or -> joined(or.any(), " or ", "false");
            case Condition.Compare compare -> compare(compare, Paths.scalar(compare.value()));
        };
    }

    private String joined(List<Condition> conditions, String word, String none) {
        return conditions.isEmpty()
                ? none
                : conditions.stream().map(this::condition).collect(Collectors.joining(word, "(", ")"));
    }

    private String compare(Condition.Compare compare, Optional<JsonNode> wanted) {
        String path = compare.path();
        return switch (compare.operator()) {
            case equal -> equal(path, wanted);
            case notEqual -> "not " + equal(path, wanted);
            case greater -> ordered(path, ">", wanted);
            case greaterOrEqual -> ordered(path, ">=", wanted);
            case less -> ordered(path, "<", wanted);
            case lessOrEqual -> ordered(path, "<=", wanted);
            case contains -> contains(path, wanted);
        };
    }

    private String equal(String path, Optional<JsonNode> wanted) {
        if (wanted.isEmpty()) {
            return "(coalesce(" + value(path) + ", 'null') = 'null')";
        }
        ArrayNode member = NODES.arrayNode().add(wanted.get());
        return "(row @> " + bind(nested(path, wanted.get())) + "::jsonb or row @> " + bind(nested(path, member))
                + "::jsonb)";
    }

    /** {@code a.b} and x as {@code {"a":{"b":x}}}: containment is what the index answers. */
    private static String nested(String path, JsonNode value) {
        JsonNode document = value;
        String[] fields = Paths.fields(path);
        for (int i = fields.length - 1; i >= 0; i--) {
            ObjectNode outer = NODES.objectNode();
            outer.set(fields[i], document);
            document = outer;
        }
        return document.toString();
    }

    private String ordered(String path, String operator, Optional<JsonNode> wanted) {
        if (wanted.isPresent() && wanted.get().isNumber()) {
            return "(case when " + kind(path, "number") + " then (" + text(path) + ")::numeric " + operator + " "
                    + bind(wanted.get().decimalValue()) + " else false end)";
        }
        if (wanted.isPresent() && wanted.get().isTextual()) {
            return "(case when " + kind(path, "string") + " then (" + text(path) + ") collate \"C\" " + operator + " "
                    + bind(wanted.get().textValue()) + " else false end)";
        }
        return "false";
    }

    private String contains(String path, Optional<JsonNode> wanted) {
        if (wanted.isEmpty() || !wanted.get().isTextual()) {
            return "false";
        }
        String searched = wanted.get().textValue();
        return "(case when " + kind(path, "string") + " then strpos(" + text(path) + ", " + bind(searched)
                + ") > 0 when "
                + kind(path, "array") + " then exists (select 1 from jsonb_array_elements(" + value(path)
                + ") e where jsonb_typeof(e) = 'string' and strpos(e #>> '{}', " + bind(searched)
                + ") > 0) else false end)";
    }

    private String order(List<Query.Order> keys) {
        StringBuilder order = new StringBuilder(" order by ");
        for (Query.Order key : keys) {
            String direction = key.descending() ? " desc, " : ", ";
            order.append(rank(key.path())).append(direction);
            order.append("case when " + kind(key.path(), "number") + " then (" + text(key.path()) + ")::numeric end")
                    .append(direction);
            order.append("case when jsonb_typeof(" + value(key.path()) + ") in ('string', 'boolean') then (")
                    .append(text(key.path()))
                    .append(") end collate \"C\"")
                    .append(direction);
        }
        return order.append("case when id ~ '^[0-9]{1,18}$' then id::bigint end nulls last, id collate \"C\"")
                .toString();
    }

    private String rank(String path) {
        return "case coalesce(jsonb_typeof(" + value(path)
                + "), 'null') when 'null' then 0 when 'boolean' then 1 when 'number' then 2 when 'string' then 3"
                + " else 4 end";
    }

    private String kind(String path, String type) {
        return "jsonb_typeof(" + value(path) + ") = '" + type + "'";
    }

    private String value(String path) {
        return "(row #> " + bind(objectPath(path)) + ")";
    }

    private String text(String path) {
        return "row #>> " + bind(objectPath(path));
    }

    private static String[] objectPath(String path) {
        return Paths.fields(path);
    }

    private String bind(Object value) {
        parameters.add(value);
        return "?";
    }
}
