package lpm.platform.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import lpm.contracts.LinodeId;
import lpm.platform.Query;
import lpm.platform.Query.Condition.Compare;
import lpm.platform.Query.Operator;
import lpm.platform.rows.InMemoryRows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class XFilterTest {
    private static final String TABLE = "thing_view";
    private static final int ROUNDS = 400;

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Thing(
            long id,
            String label,
            boolean readAlready,
            Optional<String> group,
            List<String> tags,
            LinodeId owner,
            Entity entity) {}

    record Entity(long id, String type) {}

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"id\":5}|equal|5",
                "{\"id\":\"5\"}|equal|5",
                "{\"id\":{\"+gt\":5}}|greater|5",
                "{\"id\":{\"+gte\":5}}|greaterOrEqual|5",
                "{\"id\":{\"+lt\":5}}|less|5",
                "{\"id\":{\"+lte\":5}}|lessOrEqual|5",
                "{\"id\":{\"+neq\":5}}|notEqual|5"
            })
    void readsEachOperator(String header, Operator operator, long value) {
        assertThat(XFilter.parse(header, Thing.class).condition())
                .contains(new Compare("id", operator, Optional.of(value)));
    }

    @Test
    void namesNestedFieldsByDotsAndIdsAsNumbers() {
        assertThat(XFilter.parse("{\"entity.type\":\"linode\"}", Thing.class).condition())
                .contains(new Compare("entity.type", Operator.equal, Optional.of("linode")));
        assertThat(XFilter.parse("{\"owner\":7}", Thing.class).condition())
                .contains(new Compare("owner", Operator.equal, Optional.of(7L)));
    }

    @Test
    void readsTheOrderAndPutsItFirst() {
        Filter filter = XFilter.parse("{\"+order_by\":\"label\",\"+order\":\"desc\"}", Thing.class);

        assertThat(filter.apply(Query.all().orderBy("id", false)).order())
                .containsExactly(new Query.Order("label", true), new Query.Order("id", false));
    }

    @Test
    void anAbsentHeaderFiltersNothing() {
        assertThat(XFilter.parse(null, Thing.class)).isEqualTo(Filter.NONE);
        assertThat(XFilter.parse("{}", Thing.class)).isEqualTo(Filter.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"foo\":1}|Cannot filter on foo",
                "{\"entity\":1}|Cannot filter on entity",
                "{\"+order_by\":\"foo\"}|Cannot filter on foo",
                "{\"+order\":\"asc\"}|+order needs +order_by",
                "{\"+order_by\":\"id\",\"+order\":\"up\"}|+order must be asc or desc",
                "{\"id\":{\"+like\":1}}|Unknown operator +like",
                "{\"id\":{\"+gt\":null}}|null can only be compared for equality",
                "{\"label\":{\"+contains\":5}}|+contains needs a string",
                "{\"label\":[1]}|Filter values must be strings, numbers, true, false or null",
                "{\"+and\":{}}|+and and +or need a list of filters",
                "{\"+or\":[5]}|Filters inside +and and +or must be JSON objects",
                "[]|Filter must be a JSON object",
                "{\"id\":|Filter is not valid JSON"
            })
    void refusesWhatItDoesNotKnow(String header, String reason) {
        assertThatThrownBy(() -> XFilter.parse(header, Thing.class))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.refusal().reasons())
                                .singleElement()
                                .satisfies(each -> {
                                    assertThat(each.text()).isEqualTo(reason);
                                    assertThat(each.field()).contains("X-Filter");
                                }));
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 15, 60, 2000})
    void refusesDeepNestingAndTakesWhatIsJustAllowed(int depth) {
        String deep = "{\"+or\":[".repeat(depth) + "{\"id\":1}" + "]}".repeat(depth);
        if (depth <= Query.MAX_DEPTH - 2) {
            assertThat(XFilter.parse(deep, Thing.class).condition()).isPresent();
        } else {
            assertThatThrownBy(() -> XFilter.parse(deep, Thing.class)).isInstanceOf(Refused.class);
        }
    }

    @Test
    void refusesMoreComparisonsThanAllowed() {
        String many = "{\"+or\":["
                + String.join(
                        ",",
                        IntStream.rangeClosed(0, XFilter.MAX_COMPARISONS)
                                .mapToObj(i -> "{\"id\":" + i + "}")
                                .toList())
                + "]}";

        assertThatThrownBy(() -> XFilter.parse(many, Thing.class)).isInstanceOf(Refused.class);
    }

    @Test
    void anyFilterSelectsExactlyTheRowsItMeans() {
        Random random = new Random(20051);
        for (int round = 0; round < ROUNDS; round++) {
            List<Thing> things =
                    IntStream.range(0, 12).mapToObj(i -> thing(i, random)).toList();
            InMemoryRows rows = new InMemoryRows();
            things.forEach(each -> rows.put(TABLE, String.valueOf(each.id()), each));
            Meant meant = filter(random, 3);

            Query query =
                    XFilter.parse(meant.json(), Thing.class).apply(Query.all().orderBy("id", false));

            assertThat(rows.find(TABLE, query, Thing.class))
                    .as(meant.json())
                    .containsExactlyElementsOf(
                            things.stream().filter(meant.holds()).toList());
        }
    }

    private record Meant(String json, Predicate<Thing> holds) {}

    private static Thing thing(long id, Random random) {
        List<String> tags = random.nextBoolean() ? List.of("web") : List.of("db", "web");
        return new Thing(
                id,
                "name-" + random.nextInt(4),
                random.nextBoolean(),
                random.nextBoolean() ? Optional.of("g") : Optional.empty(),
                random.nextInt(3) == 0 ? List.of() : tags,
                LinodeId.of(1 + random.nextInt(3)),
                new Entity(random.nextInt(4), random.nextBoolean() ? "linode" : "volume"));
    }

    private static Meant filter(Random random, int depth) {
        if (depth == 0 || random.nextInt(3) == 0) {
            return leaf(random);
        }
        boolean and = random.nextBoolean();
        List<Meant> inner = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            inner.add(filter(random, depth - 1));
        }
        String json = (and ? "{\"+and\":[" : "{\"+or\":[")
                + String.join(",", inner.stream().map(Meant::json).toList()) + "]}";
        Predicate<Thing> holds = inner.stream()
                .map(Meant::holds)
                .reduce((a, b) -> and ? a.and(b) : a.or(b))
                .orElseThrow();
        return new Meant(json, holds);
    }

    private static Meant leaf(Random random) {
        int number = random.nextInt(12);
        String name = "name-" + random.nextInt(4);
        return switch (random.nextInt(9)) {
            case 0 -> new Meant("{\"id\":{\"+gte\":" + number + "}}", thing -> thing.id() >= number);
            case 1 -> new Meant("{\"id\":{\"+lt\":" + number + "}}", thing -> thing.id() < number);
            case 2 ->
                new Meant("{\"label\":\"" + name + "\"}", thing -> thing.label().equals(name));
            case 3 ->
                new Meant("{\"label\":{\"+neq\":\"" + name + "\"}}", thing -> !thing.label()
                        .equals(name));
            case 4 ->
                new Meant("{\"label\":{\"+contains\":\"-1\"}}", thing -> thing.label()
                        .contains("-1"));
            case 5 -> new Meant("{\"read_already\":true}", Thing::readAlready);
            case 6 -> new Meant("{\"tags\":\"db\"}", thing -> thing.tags().contains("db"));
            case 7 -> new Meant("{\"group\":null}", thing -> thing.group().isEmpty());
            default ->
                new Meant(
                        "{\"entity.type\":\"linode\",\"entity.id\":" + number % 4 + "}",
                        thing -> thing.entity().type().equals("linode")
                                && thing.entity().id() == number % 4);
        };
    }
}
