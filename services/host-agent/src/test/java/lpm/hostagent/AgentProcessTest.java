package lpm.hostagent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the agent's process says and does on a host whose libvirt is missing, away or misnamed. */
class AgentProcessTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String DOM0 = """
            while read -r verb rest; do
              case $verb in
                boot-id) echo boot-1 ;;
                host) echo nr_cpus 4; echo free_memory 1000 ;;
              esac
              echo .done 0
            done
            """;

    @TempDir
    private Path folder;

    private final Map<String, String> environment = new TreeMap<>();
    private int port;
    private Process agent;

    @BeforeEach
    void settings() throws IOException {
        Path dom0 = Files.writeString(folder.resolve("dom0"), DOM0);
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        environment.putAll(Map.of(
                "LPM_HOST", "h1",
                "LPM_REGION", "us-east",
                "LPM_KAFKA", "127.0.0.1:9",
                "LPM_DATA", folder.resolve("data").toString(),
                "LPM_PORT", Integer.toString(port),
                "LPM_HYPERVISOR", "xen+tcp://127.0.0.1:9/system",
                "LPM_ADDRESS", "127.0.0.1",
                "LPM_DOM0", "/bin/sh " + dom0,
                "LPM_POOLS", "pool-us-east=dir:" + folder,
                "LPM_WATCHDOG", "/dev/null"));
    }

    @AfterEach
    void stop() throws InterruptedException {
        agent.destroyForcibly().waitFor();
    }

    /** A library of a later version that is none hides the real one. */
    @Test
    void withoutTheLibraryItEndsWithOneSentence() throws Exception {
        Files.writeString(folder.resolve("libvirt.so.999"), "no library");
        start("-Djna.library.path=" + folder);
        assertThat(agent.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(agent.exitValue()).isEqualTo(1);
        assertThat(said()).singleElement().asString().startsWith("host-agent: libvirt.so.0 cannot be loaded: install");
    }

    @Test
    void aUriThatIsNoneEndsItWithOneSentence() throws Exception {
        environment.put("LPM_HYPERVISOR", "xen+tcp://a host/system");
        start();
        assertThat(agent.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(said())
                .singleElement()
                .asString()
                .contains("LPM_HYPERVISOR must be")
                .endsWith("correct it.");
    }

    @ParameterizedTest
    @CsvSource({
        "xen+tcp://127.0.0.1:9/system, 'libvirt at xen+tcp://127.0.0.1:9/system is not reached'",
        "xen+unix:///system?socket=/nowhere/sock, 'libvirt at xen+unix:///system?socket=/nowhere/sock is not reached'",
        "xen+nonsense://127.0.0.1/system, 'libvirt at xen+nonsense://127.0.0.1/system is not reached'",
    })
    void withoutADaemonItStaysUpNotReadyAndSaysSoOnce(String uri, String sentence) throws Exception {
        environment.put("LPM_HYPERVISOR", uri);
        start();
        await().atMost(LIMIT).until(() -> !said().isEmpty());
        await().during(Duration.ofSeconds(2)).atMost(LIMIT).until(() -> status("ready") == 503);
        assertThat(status("live")).isEqualTo(200);
        assertThat(said())
                .singleElement()
                .asString()
                .startsWith("host-agent: " + sentence)
                .endsWith("trying again until it answers");
    }

    private void start(String... options) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of("-Xmx48m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "lpm.hostagent.HostAgentApp"));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        builder.redirectError(folder.resolve("said").toFile());
        builder.redirectOutput(folder.resolve("said").toFile());
        agent = builder.start();
    }

    /** What the agent itself has said; the test's class path holds two loggers, which say so. */
    private List<String> said() throws IOException {
        Path file = folder.resolve("said");
        return Files.exists(file)
                ? Files.readAllLines(file).stream()
                        .filter(line -> !line.startsWith("SLF4J"))
                        .toList()
                : List.of();
    }

    private int status(String page) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/health/" + page))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }
}
