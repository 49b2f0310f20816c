package lpm.verify.invariant;

import java.util.HashMap;
import java.util.Map;
import lpm.contracts.scheduler.LinodeEvent.LinodeCreated;
import lpm.contracts.scheduler.LinodeEvent.LinodeDeleted;
import lpm.contracts.scheduler.LinodeEvent.LinodeResized;
import lpm.contracts.storage.VolumeEvent.VolumeCreateFailed;
import lpm.contracts.storage.VolumeEvent.VolumeCreated;
import lpm.contracts.storage.VolumeEvent.VolumeDeleted;
import lpm.contracts.storage.VolumeEvent.VolumeResized;
import lpm.verify.history.Entry;
import lpm.verify.history.History;
import org.jspecify.annotations.Nullable;

/**
 * I19, as far as there are no bills yet: the time that will be billed. A Linode's and a volume's begins once and ends
 * once, and in between it has one size at a time: there is no gap and no overlap for any sum to be wrong about. The
 * order is that of the stream; the time of day may be set back between two events of it.
 */
final class SpanChecks {
    private SpanChecks() {}

    /** The time of one thing until now. */
    private static final class Span {
        private Object size;
        private @Nullable Entry end;

        private Span(Object size) {
            this.size = size;
        }
    }

    static void spans(History history, Findings findings) {
        Map<String, Span> spans = new HashMap<>();
        history.stored().forEach(each -> {
            switch (each.data()) {
                case LinodeCreated e -> begin(findings, spans, each, e.sizing());
                case LinodeResized e -> change(findings, spans, each, e.from(), e.to());
                case LinodeDeleted _ -> end(findings, spans, each);
                case VolumeCreated e -> begin(findings, spans, each, e.sizeGib());
                case VolumeResized e -> change(findings, spans, each, null, e.newSizeGib());
                case VolumeDeleted e -> {
                    Span span = end(findings, spans, each);
                    findings.expect(
                            span == null || span.size.equals(e.sizeGib()), each, "it ends with a size it did not have");
                }
                case VolumeCreateFailed _ -> end(findings, spans, each);
                default -> {
                    // changes nothing that is billed
                }
            }
        });
    }

    private static void begin(Findings findings, Map<String, Span> spans, Entry at, Object size) {
        Span before = spans.putIfAbsent(at.aggregateId(), new Span(size));
        findings.expect(before == null, at, "its time has begun before");
    }

    private static void change(Findings findings, Map<String, Span> spans, Entry at, @Nullable Object from, Object to) {
        Span span = goOn(findings, spans, at);
        if (span != null) {
            findings.expect(from == null || from.equals(span.size), at, "it had the size " + span.size);
            span.size = to;
        }
    }

    private static @Nullable Span end(Findings findings, Map<String, Span> spans, Entry at) {
        Span span = goOn(findings, spans, at);
        if (span != null) {
            span.end = at;
        }
        return span;
    }

    private static @Nullable Span goOn(Findings findings, Map<String, Span> spans, Entry at) {
        Span span = spans.get(at.aggregateId());
        findings.expect(span != null, at, "its time has not begun");
        if (span != null) {
            findings.expect(span.end == null, at, "its time has ended before: " + span.end);
        }
        return span;
    }
}
