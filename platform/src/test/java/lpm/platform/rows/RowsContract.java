package lpm.platform.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lpm.contracts.LinodeId;
import lpm.platform.Query;
import lpm.platform.Query.Condition;
import lpm.platform.Query.Condition.Compare;
import lpm.platform.Query.Operator;
import lpm.platform.Rows;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What rows mean, wherever they are kept. */
abstract class RowsContract {
    static final String TABLE = "thing_view";

    Rows rows;

    record Part(String name, Optional<Long> size) {}

    record Thing(
            LinodeId id,
            String label,
            @JsonProperty("main_part") Optional<Part> part,
            List<String> tags,
            double weight,
            boolean open) {}

    abstract Rows fresh();

    @BeforeEach
    void fill() {
        rows = fresh();
        put(1, "alpha", Optional.of(new Part("wheel", Optional.of(4L))), List.of("red", "blue"), 1.5, true);
        put(2, "Beta", Optional.of(new Part("door", Optional.of(10L))), List.of(), 10, false);
        put(10, "gamma_%", Optional.empty(), List.of("blue"), -3, true);
        put(11, "ünï\uD83D\uDE00", Optional.of(new Part("roof", Optional.empty())), List.of("green"), 2, false);
    }

    private void put(long id, String label, Optional<Part> part, List<String> tags, double weight, boolean open) {
        rows.put(TABLE, String.valueOf(id), new Thing(new LinodeId(id), label, part, tags, weight, open));
    }

    private List<Long> ids(Query query) {
        List<Long> found = rows.find(TABLE, query, Thing.class).stream()
                .map(each -> each.id().value())
                .toList();
        assertThat(rows.count(TABLE, query)).isGreaterThanOrEqualTo(found.size());
        return found;
    }

    private List<Long> where(String path, Operator operator, Object value) {
        return ids(Query.all().and(new Compare(path, operator, Optional.ofNullable(value))));
    }

    @Test
    void givesBackWhatWasPut() {
        assertThat(rows.get(TABLE, "1", Thing.class))
                .contains(new Thing(
                        new LinodeId(1),
                        "alpha",
                        Optional.of(new Part("wheel", Optional.of(4L))),
                        List.of("red", "blue"),
                        1.5,
                        true));
        assertThat(rows.get(TABLE, "3", Thing.class)).isEmpty();
    }

    @Test
    void givesBackThoseThatThereAre() {
        assertThat(rows.get(TABLE, List.of("2", "3", "10", "2"), Thing.class).entrySet())
                .extracting(Map.Entry::getKey, each -> each.getValue().label())
                .containsExactlyInAnyOrder(tuple("2", "Beta"), tuple("10", "gamma_%"));
        assertThat(rows.get(TABLE, List.of(), Thing.class)).isEmpty();
    }

    @Test
    void replacesAndDeletes() {
        put(1, "other", Optional.empty(), List.of(), 0, false);
        rows.delete(TABLE, "2");
        rows.delete(TABLE, "77");

        assertThat(ids(Query.all())).containsExactly(1L, 10L, 11L);
        assertThat(ids(Query.where("label", "other"))).containsExactly(1L);
    }

    @Test
    void ordersByNumericIdUnlessToldOtherwise() {
        rows.put(TABLE, "x", new Thing(new LinodeId(99), "x", Optional.empty(), List.of(), 0, true));

        assertThat(ids(Query.all())).containsExactly(1L, 2L, 10L, 11L, 99L);
    }

    @Test
    void equalityMeansMembershipOnArrays() {
        assertThat(where("tags", Operator.equal, "blue")).containsExactly(1L, 10L);
        assertThat(where("tags", Operator.notEqual, "blue")).containsExactly(2L, 11L);
        assertThat(where("tags", Operator.contains, "ee")).containsExactly(11L);
    }

    @Test
    void comparesTextsNumbersAndTruthValues() {
        assertThat(where("label", Operator.equal, "alpha")).containsExactly(1L);
        assertThat(where("label", Operator.equal, "ALPHA")).isEmpty();
        assertThat(where("weight", Operator.equal, 10L)).containsExactly(2L);
        assertThat(where("weight", Operator.equal, 10.0)).containsExactly(2L);
        assertThat(where("weight", Operator.equal, "10")).isEmpty();
        assertThat(where("open", Operator.equal, true)).containsExactly(1L, 10L);
        assertThat(where("id", Operator.equal, new LinodeId(10))).containsExactly(10L);
    }

    @Test
    void comparesByOrderWithinOneKindOnly() {
        assertThat(where("weight", Operator.greater, 1.5)).containsExactly(2L, 11L);
        assertThat(where("weight", Operator.greaterOrEqual, 1.5)).containsExactly(1L, 2L, 11L);
        assertThat(where("weight", Operator.less, 0L)).containsExactly(10L);
        assertThat(where("weight", Operator.lessOrEqual, 2L)).containsExactly(1L, 10L, 11L);
        assertThat(where("weight", Operator.greater, "0")).isEmpty();
        assertThat(where("label", Operator.less, "a")).containsExactly(2L);
        assertThat(where("label", Operator.greater, "gamma")).containsExactly(10L, 11L);
        assertThat(where("tags", Operator.greater, "a")).isEmpty();
    }

    @Test
    void findsTextsInsideTextsLiterally() {
        assertThat(where("label", Operator.contains, "a_%")).containsExactly(10L);
        assertThat(where("label", Operator.contains, "lph")).containsExactly(1L);
        assertThat(where("label", Operator.contains, "x' or '1'='1")).isEmpty();
        assertThat(where("label", Operator.equal, "\uD83D\uDE00")).isEmpty();
        assertThat(where("label", Operator.contains, "\uD83D\uDE00")).containsExactly(11L);
        assertThat(where("weight", Operator.contains, "1")).isEmpty();
    }

    @Test
    void reachesIntoObjects() {
        assertThat(where("main_part.name", Operator.equal, "door")).containsExactly(2L);
        assertThat(where("main_part.size", Operator.greater, 4L)).containsExactly(2L);
        assertThat(where("main_part.name.deeper", Operator.equal, "door")).isEmpty();
    }

    @Test
    void missingAndNullAreTheSame() {
        assertThat(where("main_part", Operator.equal, null)).containsExactly(10L);
        assertThat(where("main_part.size", Operator.equal, null)).containsExactly(10L, 11L);
        assertThat(where("main_part.size", Operator.notEqual, null)).containsExactly(1L, 2L);
        assertThat(where("nowhere", Operator.equal, null)).hasSize(4);
        assertThat(where("main_part.size", Operator.notEqual, 4L)).containsExactly(2L, 10L, 11L);
        assertThat(where("main_part.size", Operator.less, null)).isEmpty();
    }

    @Test
    void combinesConditions() {
        Condition red = new Compare("tags", Operator.equal, Optional.of("red"));
        Condition closed = new Compare("open", Operator.equal, Optional.of(false));

        assertThat(ids(Query.all().and(new Condition.Or(List.of(red, closed))))).containsExactly(1L, 2L, 11L);
        assertThat(ids(Query.all().and(new Condition.And(List.of(red, closed)))))
                .isEmpty();
        assertThat(ids(Query.all().and(new Condition.And(List.of())))).hasSize(4);
        assertThat(ids(Query.all().and(new Condition.Or(List.of())))).isEmpty();
        assertThat(ids(Query.where("open", true).and("tags", "red"))).containsExactly(1L);
    }

    @Test
    void ordersNumbersAsNumbersAndTextsByCodePoint() {
        assertThat(ids(Query.all().orderBy("weight", false))).containsExactly(10L, 1L, 11L, 2L);
        assertThat(ids(Query.all().orderBy("weight", true))).containsExactly(2L, 11L, 1L, 10L);
        assertThat(ids(Query.all().orderBy("label", false))).containsExactly(2L, 1L, 10L, 11L);
        assertThat(ids(Query.all().orderBy("open", false).orderBy("label", true)))
                .containsExactly(11L, 2L, 10L, 1L);
        assertThat(ids(Query.all().orderBy("main_part.size", false))).containsExactly(10L, 11L, 1L, 2L);
        assertThat(ids(Query.all().orderBy("main_part.size", true))).containsExactly(2L, 1L, 10L, 11L);
    }

    @Test
    void pages() {
        assertThat(ids(Query.all().limit(2))).containsExactly(1L, 2L);
        assertThat(ids(Query.all().limit(2).offset(3))).containsExactly(11L);
        assertThat(ids(Query.all().limit(0))).isEmpty();
        assertThat(rows.count(TABLE, Query.all().limit(1).offset(2))).isEqualTo(4);
    }

    @Test
    void refusesWhatIsNoPathAndWhatNestsTooDeep() {
        assertThatThrownBy(() -> where("label') or true --", Operator.equal, "x"))
                .isInstanceOf(IllegalArgumentException.class);
        Condition deep = new Compare("label", Operator.equal, Optional.of("alpha"));
        for (int i = 0; i < Query.MAX_DEPTH; i++) {
            deep = new Condition.And(List.of(deep));
        }
        Condition tooDeep = deep;
        assertThatThrownBy(() -> ids(Query.all().and(tooDeep))).isInstanceOf(IllegalArgumentException.class);
    }
}
