package lpm.systemtests.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lpm.local.Child;
import lpm.local.LocalCloud;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The JVM refuses an archive that does not fit without a word to anybody but the log: so each process is asked. */
@ExtendWith(CloudExtension.class)
class ClassArchivesTest {
    @Test
    void eachProcessStartedWithTheOneOfItsLibraries(LocalCloud cloud) throws IOException {
        Map<String, String> mapped = new TreeMap<>();
        for (Child process : javas(cloud).toList()) {
            mapped.put(process.name(), archive(process.pid()));
        }
        assertThat(mapped.values()).doesNotContain("");
        assertThat(new TreeSet<>(mapped.values())).hasSize(3);
        assertThat(LocalCloud.SERVICES).extracting(mapped::get).containsOnly(mapped.get("account"));
        assertThat(mapped.get("agent-h1")).isEqualTo(mapped.get("simulated-xen"));
    }

    private static Stream<Child> javas(LocalCloud cloud) {
        return Stream.of(
                        LocalCloud.SERVICES.stream().map(cloud::service),
                        cloud.hostIds().stream().map(cloud::agent),
                        Stream.of(cloud.broker().process(), cloud.simulatedXen()))
                .flatMap(part -> part);
    }

    /** The one that a process has mapped into its memory. */
    private static String archive(long pid) throws IOException {
        try (Stream<String> maps = Files.lines(Path.of("/proc/" + pid + "/maps"))) {
            return maps.filter(line -> line.contains("classes-archived"))
                    .map(line -> line.substring(line.indexOf('/')))
                    .distinct()
                    .collect(Collectors.joining(" "));
        }
    }
}
