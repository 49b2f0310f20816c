package lpm.platform.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LiveAnswerTest {
    private static final Duration PATIENCE = Duration.ofMillis(20);

    @Test
    void aReaderThatTakesWhatItGetsIsSentEverything() {
        RecordedSink sink = RecordedSink.quick();
        LiveAnswer answer = sink.answer(PATIENCE);

        for (int id = 1; id <= 3 * LiveAnswer.QUEUE; id++) {
            answer.send(id, "{}");
        }

        assertThat(sink.ids()).hasSize(3 * LiveAnswer.QUEUE);
        assertThat(answer.isOpen()).isTrue();
    }

    @Test
    void aSlowReaderIsDroppedWithALastEventThatSaysFromWhereToReadOn() {
        RecordedSink sink = RecordedSink.slow();
        LiveAnswer answer = sink.answer(PATIENCE);
        for (int id = 1; id <= LiveAnswer.QUEUE; id++) {
            answer.send(id, "{}");
        }
        assertThat(sink.ids()).hasSize(LiveAnswer.QUEUE);

        answer.send(LiveAnswer.QUEUE + 1, "{}");

        assertThat(sink.ids()).hasSize(LiveAnswer.QUEUE);
        assertThat(sink.last()).isEqualTo("end {\"reason\":\"too slow: read on from event " + LiveAnswer.QUEUE + "\"}");
        assertThat(answer.isOpen()).isFalse();
    }

    @Test
    void nothingFollowsTheEnd() {
        RecordedSink sink = RecordedSink.quick();
        LiveAnswer answer = sink.answer(PATIENCE);

        answer.end("enough");
        answer.end("more than enough");

        assertThat(sink.isClosed()).isTrue();
        assertThat(sink.last()).isEqualTo("end {\"reason\":\"enough\"}");
    }
}
