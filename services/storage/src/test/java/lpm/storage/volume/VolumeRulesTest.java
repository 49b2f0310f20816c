package lpm.storage.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Optional;
import lpm.platform.Refusal;
import lpm.platform.rest.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VolumeRulesTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "data", "my-volume_1", "abcdefghijklmnopqrstuvwxyzabcdef"})
    void acceptsLabels(String label) {
        assertThatCode(() -> new VolumeRules().label(Optional.of(label)).check())
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1data", "a--b", "a__b", "a b", "ä", "abcdefghijklmnopqrstuvwxyzabcdefg"})
    void refusesLabels(String label) {
        assertThat(fields(new VolumeRules().label(Optional.of(label)))).containsExactly("label");
    }

    @Test
    void tellsEverythingThatIsWrongAtOnce() {
        VolumeRules rules = new VolumeRules().label(Optional.empty()).size(9).tags(Optional.of(List.of("ab")));
        assertThat(fields(rules)).containsExactly("label", "size", "tags");
    }

    @Test
    void sizesAreBounded() {
        assertThatCode(() -> new VolumeRules().size(10).size(16_384).check()).doesNotThrowAnyException();
        assertThat(fields(new VolumeRules().size(16_385))).containsExactly("size");
    }

    private static List<String> fields(VolumeRules rules) {
        Refused refused = catchThrowableOfType(Refused.class, rules::check);
        return refused.refusal().reasons().stream()
                .map(Refusal.Reason::field)
                .flatMap(Optional::stream)
                .toList();
    }
}
