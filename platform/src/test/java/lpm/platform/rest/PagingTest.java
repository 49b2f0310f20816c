package lpm.platform.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import lpm.platform.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PagingTest {
    @Test
    void isTheFirstHundredUnlessAsked() {
        assertThat(Paging.parse(null, null)).isEqualTo(new Paging(1, 100));
        assertThat(Paging.parse("3", "25")).isEqualTo(new Paging(3, 25));
        assertThat(Paging.parse("1", "500")).isEqualTo(new Paging(1, 500));
    }

    @ParameterizedTest
    @CsvSource({"0,100,page", "-1,100,page", "x,100,page", "1,24,page_size", "1,501,page_size", "1,1e2,page_size"})
    void refusesWhatIsOutOfBounds(String page, String size, String field) {
        assertThatThrownBy(() -> Paging.parse(page, size)).isInstanceOfSatisfying(Refused.class, refused -> assertThat(
                        refused.refusal().reasons())
                .extracting(Refusal.Reason::field)
                .satisfies(fields -> assertThat(fields.getFirst()).contains(field)));
    }

    @Test
    void anEmptyListHasOnePage() {
        assertThat(Paging.FIRST.read(0, PagingTest::rows)).isEqualTo(new Page<>(List.of(), 1, 1, 0));
    }

    @Test
    void countsPagesAndShowsTheLastOneForAnythingBeyond() {
        Page<Long> second = new Paging(2, 25).read(51, PagingTest::rows);
        Page<Long> beyond = new Paging(99, 25).read(51, PagingTest::rows);

        assertThat(second.pages()).isEqualTo(3);
        assertThat(second.data().getFirst()).isEqualTo(25);
        assertThat(beyond.page()).isEqualTo(3);
        assertThat(beyond.data().getFirst()).isEqualTo(50);
    }

    private static List<Long> rows(int limit, long offset) {
        return LongStream.range(offset, offset + limit).boxed().toList();
    }
}
