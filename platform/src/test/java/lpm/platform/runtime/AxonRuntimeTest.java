package lpm.platform.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import lpm.platform.toy.Toy;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class AxonRuntimeTest {
    private final CountDownLatch asked = new CountDownLatch(2);

    /** As a service that is told to end while its PostgreSQL is still away. */
    @Test
    void whatWaitsForItsStoreEndsWhenItIsClosed() throws Exception {
        AxonRuntime runtime = new AxonRuntime(
                new Toy().app("toy"),
                new AxonRuntime.Surroundings(
                        new Away(),
                        Map.of("bootstrap.servers", "127.0.0.1:1"),
                        Clock.systemUTC(),
                        new SimpleMeterRegistry()),
                () -> {});
        FutureTask<Boolean> start = new FutureTask<>(runtime::start);
        Thread.ofPlatform().daemon().start(start);
        assertThat(asked.await(20, TimeUnit.SECONDS)).as("it tries again").isTrue();

        FutureTask<Void> close = new FutureTask<>(runtime::close, null);
        Thread.ofPlatform().daemon().start(close);
        close.get(20, TimeUnit.SECONDS);

        assertThat(start.get(20, TimeUnit.SECONDS)).as("it was opened").isFalse();
    }

    /** Nobody listens. */
    private final class Away extends PGSimpleDataSource {
        private static final long serialVersionUID = 1L;

        Away() {
            setUrl("jdbc:postgresql://127.0.0.1:1/nowhere");
        }

        @Override
        public java.sql.Connection getConnection() throws java.sql.SQLException {
            asked.countDown();
            return super.getConnection();
        }
    }
}
