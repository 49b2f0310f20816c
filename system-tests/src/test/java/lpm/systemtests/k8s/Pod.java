package lpm.systemtests.k8s;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;

/** The first pod of a service, as its manifest describes it. */
record Pod(String name, PodSpec spec, Container container) {
    static Pod of(String service) {
        StatefulSet set = Manifests.of(service, StatefulSet.class);
        PodSpec spec = set.getSpec().getTemplate().getSpec();
        return new Pod(
                set.getMetadata().getName() + "-0", spec, spec.getContainers().getFirst());
    }

    /**
     * Its settings, as a kubelet would give them.
     *
     * @param secret the value of a key of a secret
     */
    Map<String, String> environment(BinaryOperator<String> secret) {
        Map<String, String> settings = new LinkedHashMap<>();
        container
                .getEnvFrom()
                .forEach(
                        from -> settings.putAll(configMap(from.getConfigMapRef().getName())));
        container.getEnv().forEach(each -> settings.put(each.getName(), value(each, secret)));
        return settings;
    }

    private static Map<String, String> configMap(String name) {
        return Manifests.all(ConfigMap.class).stream()
                .filter(map -> map.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow()
                .getData();
    }

    private String value(EnvVar setting, BinaryOperator<String> secret) {
        if (setting.getValueFrom() == null) {
            return setting.getValue();
        }
        if (setting.getValueFrom().getSecretKeyRef() != null) {
            var key = setting.getValueFrom().getSecretKeyRef();
            return secret.apply(key.getName(), key.getKey());
        }
        String field = setting.getValueFrom().getFieldRef().getFieldPath();
        if (!field.equals("metadata.name")) {
            throw new IllegalArgumentException("expected the field metadata.name, found " + field);
        }
        return name;
    }

    long user() {
        return spec.getSecurityContext().getRunAsUser();
    }

    long group() {
        return spec.getSecurityContext().getRunAsGroup();
    }

    boolean readOnlyRoot() {
        return container.getSecurityContext().getReadOnlyRootFilesystem();
    }

    boolean newPrivileges() {
        return container.getSecurityContext().getAllowPrivilegeEscalation();
    }

    long memoryBytes() {
        return bytes(container.getResources().getLimits().get("memory"));
    }

    Duration grace() {
        return Duration.ofSeconds(spec.getTerminationGracePeriodSeconds());
    }

    /** Where it may write, and how many bytes. */
    Map<String, Long> writable() {
        Map<String, Volume> volumes =
                spec.getVolumes().stream().collect(Collectors.toMap(Volume::getName, volume -> volume));
        return container.getVolumeMounts().stream()
                .collect(Collectors.toMap(
                        VolumeMount::getMountPath,
                        mount ->
                                bytes(volumes.get(mount.getName()).getEmptyDir().getSizeLimit())));
    }

    private static long bytes(Quantity quantity) {
        return Quantity.getAmountInBytes(quantity).longValueExact();
    }

    List<Probe> probes() {
        return List.of(container.getStartupProbe(), container.getLivenessProbe(), container.getReadinessProbe());
    }

    /** The port that a probe asks, by its number or by its name. */
    int port(Probe probe) {
        var asked = probe.getHttpGet().getPort();
        return asked.getStrVal() == null
                ? asked.getIntVal()
                : container.getPorts().stream()
                        .filter(port -> port.getName().equals(asked.getStrVal()))
                        .findFirst()
                        .orElseThrow()
                        .getContainerPort();
    }
}
