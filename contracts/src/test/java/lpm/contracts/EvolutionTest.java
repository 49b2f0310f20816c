package lpm.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Published messages never change meaning: an optional field may be added within a version, anything else is a new
 * version. Run with {@code -Dlpm.contracts.write=true} to write files of new messages; existing ones are only ever
 * extended by an optional field.
 */
class EvolutionTest {
    private static final Path SCHEMAS = Path.of("src/main/resources/schemas");
    private static final Path SAMPLES = Path.of("src/test/resources/samples");
    private static final boolean WRITE = Boolean.getBoolean("lpm.contracts.write");
    private static final ObjectMapper MAPPER = new ObjectMapper()
            .registerModules(new Jdk8Module(), new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(SerializationFeature.INDENT_OUTPUT);

    @TestFactory
    Stream<DynamicTest> everyMessageKeepsItsPublishedShape() {
        return types().map(type -> DynamicTest.dynamicTest(
                type.getKey(), () -> keepsShape(file(SCHEMAS, type), Shape.schema(type.getValue()))));
    }

    @TestFactory
    Stream<DynamicTest> everyMessageHasAGoldenSampleThatStillReads() {
        return types().map(type -> DynamicTest.dynamicTest(type.getKey(), () -> {
            Path sample = file(SAMPLES, type);
            Object example = Shape.example(type.getValue());
            if (WRITE && !Files.exists(sample)) {
                Files.createDirectories(SAMPLES);
                Files.writeString(sample, MAPPER.writeValueAsString(example) + "\n");
            }
            assertThat(sample)
                    .as("golden sample; write new ones with -Dlpm.contracts.write=true")
                    .exists();
            Object read = MAPPER.readValue(sample.toFile(), type.getValue());
            JsonNode published = MAPPER.readTree(sample.toFile());
            assertThat(withoutAdded(MAPPER.readTree(MAPPER.writeValueAsString(read)), published))
                    .isEqualTo(published);
        }));
    }

    @Test
    void noSampleAndNoSchemaIsLeftOver() throws IOException {
        var expected = new TreeSet<String>();
        types().forEach(type -> {
            for (int version = 1; version <= MessageTypes.versionOf(type.getValue()); version++) {
                expected.add(type.getKey() + ".v" + version + ".json");
            }
        });
        for (Path folder : new Path[] {SCHEMAS, SAMPLES}) {
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .containsExactlyInAnyOrderElementsOf(expected);
            }
        }
    }

    private static void keepsShape(Path file, JsonNode today) throws IOException {
        if (!Files.exists(file) && WRITE) {
            write(file, today);
        }
        assertThat(file)
                .as("schema; write new ones with -Dlpm.contracts.write=true")
                .exists();
        JsonNode published = MAPPER.readTree(file.toFile());
        if (WRITE && !published.equals(today) && onlyAddsOptionalFields(published, today)) {
            write(file, today);
            published = today;
        }
        assertThat(today)
                .as("the shape of a published version; add only optional fields, or raise @Version, add an upcaster")
                .isEqualTo(published);
    }

    /** An optional field that came later is empty in what was written before it; such fields are taken out. */
    private static JsonNode withoutAdded(JsonNode written, JsonNode published) {
        if (written instanceof ObjectNode fields) {
            List<String> added = fields.properties().stream()
                    .filter(field -> field.getValue().isNull() && !published.has(field.getKey()))
                    .map(Map.Entry::getKey)
                    .toList();
            fields.remove(added);
        }
        return written;
    }

    private static boolean onlyAddsOptionalFields(JsonNode published, JsonNode today) {
        return published.get("required").equals(today.get("required"))
                && published.get("properties").properties().stream().allMatch(field -> field.getValue()
                        .equals(today.get("properties").get(field.getKey())));
    }

    private static void write(Path file, JsonNode schema) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, MAPPER.writeValueAsString(schema) + "\n");
    }

    private static Path file(Path folder, Map.Entry<String, Class<? extends Record>> type) {
        return folder.resolve(type.getKey() + ".v" + MessageTypes.versionOf(type.getValue()) + ".json");
    }

    private static Stream<Map.Entry<String, Class<? extends Record>>> types() {
        return Vocabulary.TYPES.all().entrySet().stream().sorted(Map.Entry.comparingByKey());
    }
}
