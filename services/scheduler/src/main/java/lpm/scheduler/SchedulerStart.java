package lpm.scheduler;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import lpm.contracts.HostId;
import lpm.platform.Query;
import lpm.platform.kafka.HostTopics;
import lpm.platform.runtime.AxonRuntime;
import lpm.scheduler.host.HostRow;

/** What the scheduler does before its runtime starts: it knows the hosts, so it makes their topics again when lost. */
@Singleton
final class SchedulerStart {
    /** Before the runtime, which starts at the usual priority. */
    private static final int BEFORE_RUNTIME = 1_000;

    private final AxonRuntime runtime;
    private final HostTopics topics;

    SchedulerStart(AxonRuntime runtime, HostTopics topics) {
        this.runtime = runtime;
        this.topics = topics;
    }

    void onStart(@Observes @Priority(BEFORE_RUNTIME) StartupEvent started) {
        runtime.beforeRefill(this::makeHostTopics);
    }

    private void makeHostTopics() {
        topics.create(runtime.rows().find(HostRow.TABLE, Query.all(), HostRow.class).stream()
                .map(row -> new HostId(row.id()))
                .toList());
    }
}
