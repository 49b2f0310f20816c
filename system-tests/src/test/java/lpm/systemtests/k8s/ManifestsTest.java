package lpm.systemtests.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lpm.contracts.Topics;
import org.junit.jupiter.api.Test;

/** What the manifests say is what the code needs, and nothing is said that Kubernetes would not understand. */
class ManifestsTest {
    private static final List<String> SERVICES = List.of("account", "scheduler", "migration", "storage");
    private static final String BETA = "/v4beta/";

    @Test
    void everyManifestIsUnderstoodToItsLastField() {
        assertThat(Manifests.all()).hasSizeGreaterThan(30);
    }

    @Test
    void anUnknownFieldIsRefusedHoweverDeepItLies() {
        String file = Manifests.text(Manifests.BASE.resolve("account/workload.yaml"));
        String wrong = file.replace("readOnlyRootFilesystem", "readOnlyRootFileSystem");
        assertThat(wrong).isNotEqualTo(file);
        assertThatThrownBy(() -> Manifests.parse(wrong)).hasMessageContaining("readOnlyRootFileSystem");
        assertThatThrownBy(() -> Manifests.parse(file.replace("apps/v1", "apps/v2")))
                .hasMessageContaining("apps/v2");
    }

    @Test
    void aKustomizationListsWhatLiesBesideIt() throws Exception {
        try (Stream<Path> files = Files.walk(Manifests.BASE)) {
            assertThat(files.filter(file -> file.endsWith("kustomization.yaml")))
                    .allSatisfy(file -> {
                        Map<?, ?> found = Manifests.documents(Manifests.text(file))
                                .findFirst()
                                .orElseThrow();
                        assertThat(List.of("apiVersion", "kind", "namespace", "resources"))
                                .containsAll(found.keySet().stream()
                                        .map(String::valueOf)
                                        .toList());
                        try (Stream<Path> beside = Files.list(file.getParent())) {
                            assertThat(((List<?>) found.get("resources"))
                                            .stream().map(String::valueOf))
                                    .containsExactlyInAnyOrderElementsOf(beside.filter(each -> !each.equals(file))
                                            .map(each -> each.getFileName().toString())
                                            .toList());
                        }
                    });
        }
    }

    @Test
    void routesAreThoseOfTheOneList() {
        Map<String, String> listed = new LinkedHashMap<>();
        Map<?, ?> list = Manifests.documents(
                        Manifests.text(Manifests.ROOT.resolve("contracts/src/main/resources/routes.yaml")))
                .findFirst()
                .orElseThrow();
        for (Object route : (List<?>) list.get("routes")) {
            Map<?, ?> each = (Map<?, ?>) route;
            listed.put(String.valueOf(each.get("prefix")), String.valueOf(each.get("service")));
        }
        Map<String, String> served = new LinkedHashMap<>();
        Map<String, String> rewritten = new LinkedHashMap<>();
        for (HTTPRoute route : Manifests.all(HTTPRoute.class)) {
            for (HTTPRouteRule rule : route.getSpec().getRules()) {
                String service = rule.getBackendRefs().getFirst().getName();
                rule.getMatches().forEach(match -> {
                    assertThat(match.getPath().getType()).isEqualTo("PathPrefix");
                    String prefix = match.getPath().getValue();
                    (prefix.startsWith(BETA) ? rewritten : served).put(prefix, service);
                    assertThat(rewrite(rule))
                            .isEqualTo(prefix.startsWith(BETA) ? List.of(prefix.replace(BETA, "/v4/")) : List.of());
                });
            }
        }
        assertThat(served).containsExactlyInAnyOrderEntriesOf(listed);
        listed.keySet().removeIf(prefix -> !prefix.startsWith("/v4/"));
        Map<String, String> stable = new LinkedHashMap<>();
        rewritten.forEach((prefix, service) -> stable.put(prefix.replace(BETA, "/v4/"), service));
        assertThat(stable).containsExactlyInAnyOrderEntriesOf(listed);
    }

    private static List<String> rewrite(HTTPRouteRule rule) {
        return rule.getFilters() == null
                ? List.of()
                : rule.getFilters().stream()
                        .map(each -> each.getUrlRewrite().getPath().getReplacePrefixMatch())
                        .toList();
    }

    /** The list takes the first match, the gateway the longest. */
    @Test
    void theLongestPrefixIsAlsoTheFirstOfTheList() {
        List<String> prefixes = new ArrayList<>();
        Manifests.documents(Manifests.text(Manifests.ROOT.resolve("contracts/src/main/resources/routes.yaml")))
                .forEach(list -> ((List<?>) list.get("routes"))
                        .forEach(route -> prefixes.add(String.valueOf(((Map<?, ?>) route).get("prefix")))));
        for (int i = 0; i < prefixes.size(); i++) {
            String earlier = prefixes.get(i) + "/";
            assertThat(prefixes.subList(i + 1, prefixes.size())).noneMatch(later -> later.startsWith(earlier));
        }
    }

    @Test
    void topicsAreThoseOfTheCode() {
        List<String> found = Manifests.all(KafkaTopic.class).stream()
                .map(topic ->
                        topic.getMetadata().getName() + " " + topic.getSpec().getPartitions() + " "
                                + topic.getSpec().getConfig().get("retention.ms"))
                .toList();
        assertThat(found)
                .containsExactlyInAnyOrderElementsOf(Topics.fixed().stream()
                        .map(topic -> topic.name() + " " + topic.partitions() + " "
                                + topic.kept().toMillis())
                        .toList());
        assertThat(Manifests.all(KafkaTopic.class)).allSatisfy(topic -> assertThat(
                        KafkaTopic.VERSIONS.stream().map(version -> KafkaTopic.RESOURCE_GROUP + "/" + version))
                .contains(topic.getApiVersion()));
    }

    @Test
    void podsHaveNoRightTheyDoNotNeed() {
        for (String service : SERVICES) {
            PodSpec pod = pod(service);
            Container container = pod.getContainers().getFirst();
            assertThat(pod.getAutomountServiceAccountToken()).isFalse();
            assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
            assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
            assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                    .isFalse();
            assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                    .isTrue();
            assertThat(container.getSecurityContext().getCapabilities().getDrop())
                    .containsExactly("ALL");
            assertThat(container.getResources().getLimits()).containsKey("memory");
            assertThat(container.getResources().getRequests()).containsKeys("cpu", "memory");
            assertThat(Stream.of(
                                    container.getStartupProbe(),
                                    container.getLivenessProbe(),
                                    container.getReadinessProbe())
                            .map(ManifestsTest::path))
                    .containsExactly("/q/health/started", "/q/health/live", "/q/health/ready");
            PodDisruptionBudget budget = Manifests.of(service, PodDisruptionBudget.class);
            assertThat(Manifests.of(service, StatefulSet.class)
                            .getSpec()
                            .getTemplate()
                            .getMetadata()
                            .getLabels())
                    .containsAllEntriesOf(budget.getSpec().getSelector().getMatchLabels());
        }
    }

    @Test
    void whoIsNotNamedMayNotTalk() {
        List<NetworkPolicy> policies = Manifests.all(NetworkPolicy.class);
        NetworkPolicy nothing = policies.getFirst();
        assertThat(nothing.getSpec().getPodSelector().getMatchLabels()).isNullOrEmpty();
        assertThat(nothing.getSpec().getPolicyTypes()).containsExactly("Ingress", "Egress");
        assertThat(nothing.getSpec().getIngress()).isNullOrEmpty();
        assertThat(nothing.getSpec().getEgress()).isNullOrEmpty();
        NetworkPolicy services = policies.getLast();
        assertThat(services.getSpec().getEgress().stream().map(ManifestsTest::ports))
                .containsExactly(List.of(53, 53), List.of(9092), List.of(5432));
        assertThat(services.getSpec().getIngress()).hasSize(1);
        for (String service : SERVICES) {
            assertThat(Manifests.of(service, StatefulSet.class)
                            .getSpec()
                            .getTemplate()
                            .getMetadata()
                            .getLabels())
                    .containsAllEntriesOf(services.getSpec().getPodSelector().getMatchLabels());
        }
    }

    private static List<Integer> ports(NetworkPolicyEgressRule rule) {
        return rule.getPorts().stream().map(port -> port.getPort().getIntVal()).toList();
    }

    private static String path(Probe probe) {
        return probe.getHttpGet().getPath();
    }

    private static PodSpec pod(String service) {
        return Manifests.of(service, StatefulSet.class).getSpec().getTemplate().getSpec();
    }
}
