package lpm.systemtests.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.Probe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import lpm.local.Child;
import lpm.local.Health;
import lpm.local.Housing;

/** Runs each service as a pod of its manifest from its image, by crun. */
final class Pods implements Housing, AutoCloseable {
    private static final String JDBC = "jdbc:";

    /** Where both generations of control groups are there, some crun refuse to start unless they see only one. */
    private static final String CRUN = "! mountpoint -q /sys/fs/cgroup/unified || umount /sys/fs/cgroup/unified;"
            + " exec crun --cgroup-manager cgroupfs --root \"$@\"";

    private final Path images;
    private final Path folder;
    private final Map<String, Running> running = new LinkedHashMap<>();

    /**
     * One that was started.
     *
     * @param port of 127.0.0.1 that leads to it
     */
    private record Running(Pod pod, PodNetwork network, int port) {}

    /**
     * From the images of a folder.
     *
     * @param folder for all that is made here
     */
    Pods(Path images, Path folder) {
        this.images = images;
        this.folder = folder;
    }

    @Override
    public Child.Spec of(Child.Spec plain) {
        String service = plain.name();
        Pod pod = Pod.of(service);
        PodNetwork network = new PodNetwork();
        int port = Integer.parseInt(plain.environment().getOrDefault("LPM_PORT", ""));
        running.put(service, new Running(pod, network, port));
        try {
            network.in(port, pod.port(pod.container().getReadinessProbe()));
            Path bundle = folder.resolve(service);
            Image image = Image.unpack(images.resolve(service + ".tar"), bundle);
            if (!image.user().equals(pod.user() + ":" + pod.group())) {
                throw new IOException("expected an image for user " + pod.user() + ", found " + image.user());
            }
            Map<String, String> settings = pod.environment((secret, key) -> secret(plain, secret, key));
            wire(network, settings, plain.environment());
            Bundle.write(bundle, pod, image, settings, network.path());
            return new Child.Spec(
                    service,
                    crun("run", "--bundle", bundle.toString(), service),
                    Map.of(),
                    () -> answers(service, pod.container().getReadinessProbe()),
                    "TERM",
                    pod.grace());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The manifests' addresses of Kafka and PostgreSQL lead to those of this cloud. */
    private static void wire(PodNetwork network, Map<String, String> settings, Map<String, String> real) {
        URI kafka = kafka(settings);
        URI database = database(settings);
        network.out(kafka.getPort(), kafka(real).getPort());
        // where the broker sends whoever asked it under the first address
        network.out(kafka(real).getPort(), kafka(real).getPort());
        network.out(database.getPort(), database(real).getPort());
        network.names(List.of(kafka.getHost(), database.getHost()));
    }

    private static URI kafka(Map<String, String> settings) {
        return URI.create("kafka://" + settings.get("LPM_KAFKA"));
    }

    private static URI database(Map<String, String> settings) {
        return URI.create(settings.getOrDefault("LPM_DB_URL", "").substring(JDBC.length()));
    }

    private static String secret(Child.Spec plain, String secret, String key) {
        Map<String, String> settings = Map.of(
                plain.name() + "-database password",
                "LPM_DB_PASSWORD",
                "token-key key",
                "LPM_TOKEN_KEY",
                "audit-key key",
                "LPM_AUDIT_KEY",
                "operator-token token",
                "LPM_OPERATOR_TOKEN");
        String name = settings.getOrDefault(secret + " " + key, "");
        String value = plain.environment().get(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    "expected one of " + settings.keySet() + ", found the secret " + secret + " " + key);
        }
        return value;
    }

    private List<String> crun(String... arguments) {
        String state = folder.resolve("crun").toString();
        return Stream.concat(Stream.of("unshare", "--mount", "sh", "-c", CRUN, "crun", state), Stream.of(arguments))
                .toList();
    }

    Pod pod(String service) {
        return get(service).pod();
    }

    private Running get(String service) {
        Running found = running.get(service);
        if (found == null) {
            throw new IllegalArgumentException("expected one of " + running.keySet() + ", found " + service);
        }
        return found;
    }

    /** Whether a probe of a service is content, asked as a kubelet does. */
    boolean answers(String service, Probe probe) {
        Integer limit = probe.getTimeoutSeconds();
        return Health.isGood(
                get(service).port(), probe.getHttpGet().getPath(), Duration.ofSeconds(limit == null ? 1 : limit));
    }

    /** The main process of a service's container, as seen from outside. */
    long pid(String service) throws IOException {
        Process state = new ProcessBuilder(crun("state", service)).start();
        JsonNode found = new JsonMapper().readTree(state.getInputStream());
        return found.path("pid").asLong();
    }

    /** Containers outlive the process that started them when that is killed. */
    @Override
    public void close() throws IOException {
        if (Files.exists(folder.resolve("crun"))) {
            for (String service : running.keySet()) {
                Process delete = new ProcessBuilder(crun("delete", "--force", service))
                        .inheritIO()
                        .start();
                try {
                    delete.waitFor(1, TimeUnit.MINUTES);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
        running.values().forEach(each -> each.network().close());
    }
}
