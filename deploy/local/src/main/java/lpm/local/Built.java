package lpm.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import lpm.local.jvm.ClassArchive;
import lpm.local.jvm.Program;

/** The programs of a built repository. */
final class Built {
    /**
     * No second compiler, and no processors spent on collecting in parallel: on one machine starting fast and staying
     * small counts more than peak speed.
     */
    private static final List<String> JVM = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    /** What the manifest of a service's jar opens. */
    private static final List<String> SERVICE_JVM = Stream.concat(
                    JVM.stream(),
                    Stream.of("java.lang", "java.nio", "jdk.internal.misc")
                            .map(each -> "--add-opens=java.base/" + each + "=ALL-UNNAMED"))
            .toList();

    private static final String OURS_IN_SERVICE = "lpm.";
    private static final List<String> OURS_IN_AGENT = List.of("contracts.jar", "platform.jar");

    private final Path home;

    Built(Path home) {
        this.home = home;
    }

    /** Where the archives of classes are. */
    Path archives() {
        return Home.build(home).resolve("classes-archived");
    }

    /** All of them. */
    Stream<Program> programs() {
        return Stream.concat(
                LocalCloud.SERVICES.stream().map(this::service), Stream.of(broker(), agent(), simulatedXen()));
    }

    /**
     * One of the four services. Their libraries are the same, and one archive serves all: the JVM takes it where the
     * jars lie alike below the folder that all entries of the class path have in common.
     */
    Program service(String name) {
        Path app = home.resolve("services/" + name + "/target/quarkus-app");
        List<Path> libraries = joined(
                List.of(built(app.resolve("quarkus/patches.jar"))),
                jars(app.resolve("lib/boot"), _ -> true),
                jars(app.resolve("lib/main"), jar -> !jar.startsWith(OURS_IN_SERVICE)));
        List<Path> own = joined(
                List.of(
                        built(app.resolve("quarkus/transformed-bytecode.jar")),
                        built(app.resolve("quarkus/generated-bytecode.jar"))),
                jars(app.resolve("app"), _ -> true),
                jars(app.resolve("lib/main"), jar -> jar.startsWith(OURS_IN_SERVICE)));
        return program(libraries, SERVICE_JVM, own, List.of(), "io.quarkus.bootstrap.runner.AotQuarkusEntryPoint");
    }

    /** Kafka's broker, whose logging comes before that of the launcher's libraries. */
    Program broker() {
        Path target = Home.build(home);
        return program(
                joined(jars(target.resolve("kafka"), _ -> true), jars(target.resolve("lib"), _ -> true)),
                JVM,
                List.of(target.resolve("classes"), home.resolve("contracts/target/classes")),
                List.of("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "-Dorg.slf4j.simpleLogger.showDateTime=true"),
                "lpm.local.broker.BrokerMain");
    }

    /** The agent of a host. */
    Program agent() {
        return onHost("lpm.hostagent.HostAgentApp");
    }

    /** What models the hosts. */
    Program simulatedXen() {
        return onHost("lpm.hostagent.simulated.SimulatedXenMain");
    }

    private Program onHost(String main) {
        Path target = home.resolve("services/host-agent/target");
        Path lib = target.resolve("lib");
        return program(
                jars(lib, jar -> !OURS_IN_AGENT.contains(jar)),
                JVM,
                joined(List.of(built(target.resolve("host-agent-1.0.jar"))), jars(lib, OURS_IN_AGENT::contains)),
                List.of(),
                main);
    }

    private Program program(
            List<Path> libraries, List<String> jvm, List<Path> own, List<String> settings, String main) {
        return new Program(new ClassArchive(archives(), libraries, jvm), own, settings, main);
    }

    @SafeVarargs
    private static List<Path> joined(List<Path>... parts) {
        return Stream.of(parts).flatMap(List::stream).toList();
    }

    private static List<Path> jars(Path folder, Predicate<String> wanted) {
        try (Stream<Path> files = Files.list(built(folder))) {
            return files.filter(file -> wanted.test(file.getFileName().toString()))
                    .filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new LocalFailure("Cannot look into " + folder + ": " + e.getMessage() + ".", e);
        }
    }

    private static Path built(Path part) {
        if (!Files.exists(part)) {
            throw new LocalFailure(part + " is not built; start through ./lpm, which builds it.");
        }
        return part;
    }
}
