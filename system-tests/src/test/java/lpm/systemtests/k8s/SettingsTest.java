package lpm.systemtests.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every setting in a manifest is one that its service reads. */
class SettingsTest {
    private static final Pattern INJECTED = Pattern.compile("@ConfigProperty\\(name = \"([a-z.]+)\"");
    private static final Pattern ENVIRONMENT = Pattern.compile("\\$\\{([A-Z_]+):");
    private static final Pattern SECRET = Pattern.compile(".*(PASSWORD|TOKEN|KEY).*");

    @ParameterizedTest
    @ValueSource(strings = {"account", "scheduler", "migration", "storage"})
    void nothingIsSetThatTheServiceDoesNotRead(String service) throws IOException {
        Set<String> set = new TreeSet<>(settings(service));
        assertThat(set).contains("LPM_KAFKA", "LPM_DB_URL", "LPM_DB_PASSWORD", "LPM_TOKEN_KEY", "QUARKUS_HTTP_HOST");
        assertThat(read(service)).containsAll(set);
    }

    @ParameterizedTest
    @ValueSource(strings = {"account", "scheduler", "migration", "storage"})
    void secretsAreOnlyNamed(String service) {
        assertThat(container(service).getEnv().stream()
                        .filter(each -> SECRET.matcher(each.getName()).matches()))
                .isNotEmpty()
                .allSatisfy(each ->
                        assertThat(each.getValueFrom().getSecretKeyRef()).isNotNull());
        assertThat(Manifests.all(ConfigMap.class))
                .allSatisfy(map -> assertThat(map.getData().keySet())
                        .noneMatch(name -> SECRET.matcher(name).matches()));
    }

    private static Set<String> settings(String service) {
        Set<String> names = new TreeSet<>();
        container(service).getEnv().stream().map(EnvVar::getName).forEach(names::add);
        container(service).getEnvFrom().forEach(from -> Manifests.all(ConfigMap.class).stream()
                .filter(map -> map.getMetadata()
                        .getName()
                        .equals(from.getConfigMapRef().getName()))
                .forEach(map -> names.addAll(map.getData().keySet())));
        return names;
    }

    private static Container container(String service) {
        return Manifests.of(service, StatefulSet.class)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst();
    }

    /** What the platform's settings file names, and what the platform's and the service's own code asks for. */
    private static Set<String> read(String service) throws IOException {
        String file = Manifests.text(
                Manifests.ROOT.resolve("platform/src/main/resources/META-INF/microprofile-config.properties"));
        Properties properties = new Properties();
        properties.load(new StringReader(file));
        Set<String> names = new TreeSet<>();
        properties.stringPropertyNames().forEach(each -> names.add(environment(each)));
        ENVIRONMENT.matcher(file).results().forEach(each -> names.add(each.group(1)));
        for (String sources : new String[] {"platform/src/main/java", "services/" + service + "/src/main/java"}) {
            try (Stream<Path> files = Files.walk(Manifests.ROOT.resolve(sources))) {
                files.filter(each -> each.toString().endsWith(".java")).forEach(each -> {
                    Matcher asked = INJECTED.matcher(Manifests.text(each));
                    asked.results().forEach(name -> names.add(environment(name.group(1))));
                });
            }
        }
        return names;
    }

    private static String environment(String property) {
        return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
