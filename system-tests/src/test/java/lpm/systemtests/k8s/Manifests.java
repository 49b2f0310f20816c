package lpm.systemtests.k8s;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/** The files of {@code deploy/k8s}, read so that nothing unknown passes. */
final class Manifests {
    static final Path ROOT = root();
    static final Path BASE = ROOT.resolve("deploy/k8s/base");

    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of(
            "v1/Namespace", Namespace.class,
            "v1/ConfigMap", ConfigMap.class,
            "v1/Service", Service.class,
            "apps/v1/StatefulSet", StatefulSet.class,
            "policy/v1/PodDisruptionBudget", PodDisruptionBudget.class,
            "networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class,
            "gateway.networking.k8s.io/v1/HTTPRoute", HTTPRoute.class,
            "kafka.strimzi.io/v1/KafkaTopic", KafkaTopic.class);

    private static final ObjectMapper STRICT = JsonMapper.builder()
            .annotationIntrospector(new NothingElse())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Manifests() {}

    /** The models keep unknown fields aside; here they have no place to go. */
    private static final class NothingElse extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1;

        @Override
        public Boolean hasAnySetter(Annotated any) {
            return false;
        }
    }

    /** All resources of the base, of every folder. */
    static List<HasMetadata> all() {
        return files("").stream().flatMap(file -> read(file).stream()).toList();
    }

    /** The resources of one kind. */
    static <T extends HasMetadata> List<T> all(Class<T> kind) {
        return all().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** The one resource of a kind in a service's folder. */
    static <T extends HasMetadata> T of(String service, Class<T> kind) {
        return files(service).stream()
                .flatMap(file -> read(file).stream())
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst()
                .orElseThrow();
    }

    /** The manifests below a folder; kustomize's own files are none. */
    static List<Path> files(String folder) {
        try (Stream<Path> files = Files.walk(BASE.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !file.endsWith("kustomization.yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<HasMetadata> read(Path file) {
        return parse(text(file));
    }

    static List<HasMetadata> parse(String yaml) {
        return documents(yaml).map(Manifests::resource).toList();
    }

    /** The documents of a YAML text, without a key said twice. */
    static Stream<Map<?, ?>> documents(String yaml) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        return StreamSupport.stream(new Yaml(options).loadAll(yaml).spliterator(), false)
                .map(each -> (Map<?, ?>) each);
    }

    private static HasMetadata resource(Map<?, ?> document) {
        String kind = document.get("apiVersion") + "/" + document.get("kind");
        Class<? extends HasMetadata> model = KINDS.get(kind);
        if (model == null) {
            throw new IllegalArgumentException("expected one of " + KINDS.keySet() + ", found " + kind);
        }
        return STRICT.convertValue(document, model);
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("deploy/k8s"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
