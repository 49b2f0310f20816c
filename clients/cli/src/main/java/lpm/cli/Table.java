package lpm.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;

/** Rows of JSON under headings; a column is a path into the row, such as {@code entity.label}. */
final class Table {
    private static final int WIDEST = 60;

    private final List<String> columns;

    Table(String... columns) {
        this.columns = List.of(columns);
    }

    void print(List<JsonNode> rows, PrintStream out) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(columns.stream().map(Table::heading).toList());
        rows.forEach(row ->
                lines.add(columns.stream().map(column -> cell(row, column)).toList()));
        int[] widths = new int[columns.size()];
        lines.forEach(line -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        });
        lines.forEach(line -> out.println(padded(line, widths)));
        if (rows.isEmpty()) {
            out.println("(none)");
        }
    }

    private static String heading(String column) {
        return column.substring(column.indexOf('=') + 1).replace('.', ' ').toUpperCase(Locale.ROOT);
    }

    private static String padded(List<String> line, int[] widths) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            text.append(line.get(i)).repeat(' ', widths[i] - line.get(i).length() + 2);
        }
        return text.toString().stripTrailing();
    }

    /** A column may have its own heading: {@code path=heading}. */
    static String cell(JsonNode row, String column) {
        String path = column.contains("=") ? column.substring(0, column.indexOf('=')) : column;
        JsonNode value = row.at("/" + path.replace('.', '/'));
        String text = text(value);
        return text.length() > WIDEST ? text.substring(0, WIDEST - 1) + "…" : text;
    }

    private static String text(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return "-";
        }
        if (value.isArray()) {
            return String.join(
                    ",",
                    StreamSupport.stream(value.spliterator(), false)
                            .map(Table::text)
                            .toList());
        }
        return value.isValueNode() ? value.asText() : value.toString();
    }

    /** One object, a line for each field. */
    static void fields(JsonNode object, PrintStream out) {
        int widest = object.properties().stream()
                .mapToInt(e -> e.getKey().length())
                .max()
                .orElse(0);
        object.properties().forEach(field -> {
            char[] gap = new char[widest - field.getKey().length() + 2];
            Arrays.fill(gap, ' ');
            out.println(field.getKey() + new String(gap) + text(field.getValue()));
        });
    }
}
