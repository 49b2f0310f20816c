package lpm.platform.rest;

import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.resteasy.reactive.server.jaxrs.SseImpl;

/** Keeps what is sent to a reader, who takes it at once or not at all until told to. */
public final class RecordedSink implements SseEventSink {
    private static final Sse SSE = new SseImpl();

    private final List<OutboundSseEvent> sent = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Object> taken = new CompletableFuture<>();
    private volatile boolean closed;

    /** A reader that takes nothing until {@link #take}. */
    public static RecordedSink slow() {
        return new RecordedSink();
    }

    /** A reader that takes everything at once. */
    public static RecordedSink quick() {
        RecordedSink sink = new RecordedSink();
        sink.take();
        return sink;
    }

    /** An answer to this reader. */
    public LiveAnswer answer(Duration patience) {
        return new LiveAnswer(this, SSE, patience);
    }

    /** Takes all that was sent, and all that will be. */
    public void take() {
        taken.complete("");
    }

    /** The ids of the events sent, without comments. */
    public List<String> ids() {
        return sent.stream()
                .map(OutboundSseEvent::getId)
                .filter(id -> id != null)
                .toList();
    }

    /** What the last event says. */
    public String last() {
        OutboundSseEvent last = sent.getLast();
        return (last.getName() == null ? "" : last.getName() + " ") + last.getData();
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public CompletionStage<?> send(OutboundSseEvent event) {
        sent.add(event);
        return taken;
    }

    @Override
    public void close() {
        closed = true;
    }
}
