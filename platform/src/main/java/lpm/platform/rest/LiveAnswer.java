package lpm.platform.rest;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * An answer that goes on for as long as its reader reads: server-sent events. What the reader has not taken yet is
 * bounded; a reader that takes nothing for too long is dropped, and told so by a last event {@code end} behind all
 * that was sent before.
 */
public final class LiveAnswer {
    /** Events on their way to one reader at most. */
    static final int QUEUE = 256;

    /** So long nothing is said before a comment keeps the connection open. */
    static final Duration QUIET = Duration.ofSeconds(15);

    /** So long a reader that is dropped may take for what is on its way. */
    private static final Duration LAST_WORD = Duration.ofSeconds(30);

    private static final Duration LOOK = Duration.ofMillis(250);
    private static final long RECONNECT_MILLIS = 1_000;

    private final SseEventSink sink;
    private final Sse sse;
    private final Duration patience;
    private final Semaphore room = new Semaphore(QUEUE);
    private long spokeNanos = System.nanoTime();
    private boolean ended;

    /**
     * Opens it with a comment, so that the reader sees at once that it is heard.
     *
     * @param patience how long a reader with a full queue is waited for
     */
    public LiveAnswer(SseEventSink sink, Sse sse, Duration patience) {
        this.sink = sink;
        this.sse = sse;
        this.patience = patience;
        sink.send(sse.newEventBuilder()
                .comment("open")
                .reconnectDelay(RECONNECT_MILLIS)
                .build());
    }

    /** Whether somebody may still read. */
    public boolean isOpen() {
        return !ended && !sink.isClosed();
    }

    /** Sends one event; waits for room, and drops the reader where there is none. */
    public void send(long id, String json) {
        if (!hasRoom()) {
            end("too slow: read on from event " + (id - 1));
            return;
        }
        spokeNanos = System.nanoTime();
        sink.send(data(json).id(Long.toString(id)).build()).whenComplete((_, _) -> room.release());
    }

    /** Waits a little because nothing happened; says so after a while. */
    public void idle() {
        if (System.nanoTime() - spokeNanos > QUIET.toNanos()) {
            spokeNanos = System.nanoTime();
            sink.send(sse.newEventBuilder().comment("still here").build());
        }
        Pause.millis(LOOK.toMillis());
    }

    /** Ends it with the reason as its last event. */
    public void end(String reason) {
        if (isOpen()) {
            ended = true;
            String json =
                    ApiJson.mapper().createObjectNode().put("reason", reason).toString();
            var _ = sink.send(data(json).name("end").build())
                    .toCompletableFuture()
                    .orTimeout(LAST_WORD.toSeconds(), TimeUnit.SECONDS)
                    .whenComplete((_, _) -> sink.close());
        }
    }

    private OutboundSseEvent.Builder data(String json) {
        return sse.newEventBuilder().mediaType(MediaType.TEXT_PLAIN_TYPE).data(String.class, json);
    }

    private boolean hasRoom() {
        try {
            return room.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a reader was waited for", e);
        }
    }
}
