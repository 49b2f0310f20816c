package lpm.systemtests.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import lpm.local.Child;
import lpm.local.LocalCloud;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** kill -9, once during a create and once during a migration: the end is the same as without. */
@ExtendWith(CloudExtension.class)
class CrashTest {

    static Stream<String> parts() {
        return Stream.concat(LocalCloud.SERVICES.stream(), Stream.of("agents", "simulated-xen"));
    }

    @ParameterizedTest
    @MethodSource("parts")
    void aKilledPartChangesNothing(String part, Tenant tenant) {
        long linode = tenant.create("killed-" + part);
        crash(tenant.cloud(), part);
        endsRunningOnce(tenant, linode);
        String before = tenant.hostUuid(linode);

        tenant.retryBusy(() -> tenant.api().post(Tenant.INSTANCES + "/" + linode + "/migrate"));
        tenant.await("the hand-over begun", () -> tenant.migrations(linode).isEmpty(), false);
        crash(tenant.cloud(), part);
        tenant.await("the migration ended", () -> ended(tenant, linode), true);
        endsRunningOnce(tenant, linode);
        boolean completed =
                tenant.migrations(linode).getFirst().path("status").asText().equals("completed");
        assertThat(!tenant.hostUuid(linode).equals(before)).isEqualTo(completed);
        tenant.delete(linode);
    }

    @Test
    void allKilledAtOnceChangesNothing(Tenant tenant) {
        long linode = tenant.create("all-killed");
        killAll(tenant.cloud());
        endsRunningOnce(tenant, linode);

        tenant.retryBusy(() -> tenant.api().post(Tenant.INSTANCES + "/" + linode + "/migrate"));
        killAll(tenant.cloud());
        tenant.await("the migration ended", () -> ended(tenant, linode), true);
        endsRunningOnce(tenant, linode);
        tenant.delete(linode);
        tenant.cloud().hostIds().forEach(tenant::awaitNothingHeld);
    }

    private static void killAll(LocalCloud cloud) {
        List<Child> everything = everything(cloud);
        everything.forEach(Child::halt);
        everything.forEach(Child::start);
        everything.forEach(each -> each.awaitReady(Tenant.LIMIT));
    }

    private static boolean ended(Tenant tenant, long linode) {
        return tenant.migrations(linode).stream().allMatch(each -> List.of("completed", "aborted", "lost")
                .contains(each.path("status").asText()));
    }

    private static void endsRunningOnce(Tenant tenant, long linode) {
        tenant.awaitStatus(linode, "running");
        assertThat(Witness.of(tenant.cloud()).doubles()).isEmpty();
        assertThat(Witness.of(tenant.cloud()).hostsRunning(linode)).hasSize(1).containsExactly(tenant.host(linode));
    }

    private static void crash(LocalCloud cloud, String part) {
        switch (part) {
            case "agents" -> cloud.hostIds().forEach(host -> cloud.agent(host).crash());
            case "simulated-xen" -> cloud.simulatedXen().crash();
            default -> cloud.service(part).crash();
        }
    }

    private static List<Child> everything(LocalCloud cloud) {
        List<Child> all = new ArrayList<>();
        all.add(cloud.postgreSql().process());
        all.add(cloud.broker().process());
        all.add(cloud.simulatedXen());
        LocalCloud.SERVICES.forEach(service -> all.add(cloud.service(service)));
        cloud.hostIds().forEach(host -> all.add(cloud.agent(host)));
        return all;
    }
}
