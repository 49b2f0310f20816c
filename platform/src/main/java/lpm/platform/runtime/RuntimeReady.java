package lpm.platform.runtime;

import jakarta.inject.Singleton;
import lpm.platform.StoreUnavailable;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the store answers, the inbox has its partitions, and none of them stands still. */
@Readiness
@Singleton
final class RuntimeReady implements HealthCheck {
    private final RuntimeBeans beans;

    RuntimeReady(RuntimeBeans beans) {
        this.beans = beans;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("runtime");
        if (!beans.isOpen()) {
            return response.withData("store", "its tables are not there yet")
                    .down()
                    .build();
        }
        try {
            return beans.condition()
                    .map(condition -> describe(response, condition))
                    .orElseGet(() -> response.up().build());
        } catch (StoreUnavailable e) {
            return response.withData("store", String.valueOf(e.getMessage()))
                    .down()
                    .build();
        }
    }

    private static HealthCheckResponse describe(HealthCheckResponseBuilder response, AxonRuntime.Condition condition) {
        response.withData("inboxAssigned", condition.inboxAssigned()).withData("leading", condition.leading());
        condition.holes().forEach((partition, hole) -> response.withData("hole " + partition, hole));
        return response.status(condition.isReady()).build();
    }
}
