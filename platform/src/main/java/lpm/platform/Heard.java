package lpm.platform;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import lpm.contracts.Envelope;

/** Waits for something that others say, such as account's activity id for what was just stored. */
public interface Heard {
    /**
     * Begins to listen at once, so that nothing said from now on is missed. Give it up with {@link Ear#close}.
     *
     * @param wanted what is waited for, taken from a message; empty for all other messages
     */
    <T> Ear<T> listen(Function<Envelope<?>, Optional<T>> wanted);

    /** One listener. */
    interface Ear<T> extends AutoCloseable {
        /** What was heard, or nothing if it did not come in time. */
        Optional<T> await(Duration atMost);

        @Override
        void close();
    }
}
