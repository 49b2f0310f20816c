package lpm.systemtests.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import lpm.cli.ApiFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(CloudExtension.class)
class QuotaTest {
    private static final int QUOTA = 20;
    private static final int CREATES = 50;

    @Test
    void ofFiftyParallelCreatesExactlyTheQuotaSucceeds(Tenant tenant) throws Exception {
        String limitsPath = "/ops/v1/accounts/" + tenant.account() + "/limits";
        ObjectNode limits = tenant.operator().get(limitsPath).deepCopy();
        limits.put("linodes", QUOTA);
        tenant.operator().put(limitsPath, limits);
        tenant.await(
                "the quota known to the scheduler",
                () -> tenant.operator().list("/ops/v1/streams/tenant/" + tenant.account() + "/events").stream()
                        .map(each -> each.path("data").path("linodes").asInt(-1))
                        .reduce(-1, (_, last) -> last),
                QUOTA);

        List<Object> outcomes = createInParallel(tenant);

        List<Long> created = outcomes.stream()
                .filter(Long.class::isInstance)
                .map(Long.class::cast)
                .toList();
        assertThat(created).hasSize(QUOTA).doesNotHaveDuplicates();
        assertThat(outcomes.stream().filter(ApiFailure.class::isInstance).map(ApiFailure.class::cast))
                .allSatisfy(refused -> assertThat(refused.status()).isEqualTo(400));
        List<JsonNode> rows = tenant.api().list(Tenant.INSTANCES);
        assertThat(rows).hasSize(QUOTA);
        assertThat(rows.stream().map(each -> each.path("ipv4").path(0).asText()))
                .doesNotHaveDuplicates();
        for (long linode : created) {
            tenant.api().delete(Tenant.INSTANCES + "/" + linode);
        }
        tenant.await("all deleted", () -> tenant.api().list(Tenant.INSTANCES).size(), 0);
    }

    private static List<Object> createInParallel(Tenant tenant) throws Exception {
        List<Callable<Object>> creates = new ArrayList<>();
        for (int i = 0; i < CREATES; i++) {
            ObjectNode order = Tenant.order("race-" + i);
            order.remove(List.of("image", "root_pass"));
            creates.add(() -> {
                try {
                    return tenant.api().post(Tenant.INSTANCES, order).id();
                } catch (ApiFailure e) {
                    return e;
                }
            });
        }
        List<Object> outcomes = new ArrayList<>();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Object> each : pool.invokeAll(creates)) {
                outcomes.add(each.get());
            }
        }
        return outcomes;
    }
}
