package lpm.local;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a local cloud is started with.
 *
 * @param home the repository, with everything built
 * @param data where all its data, logs and ports are kept
 * @param port the public port on 127.0.0.1; 0 picks a free one and keeps it
 * @param hosts how many simulated hosts it has
 * @param brokers how many brokers its Kafka has; each of them keeps everything
 * @param environment what every process finds in its environment, beside what it needs
 * @param progress where to tell what happens
 */
public record Options(
        Path home, Path data, int port, int hosts, int brokers, Map<String, String> environment, Progress progress) {
    public static final int DEFAULT_PORT = 8080;
    public static final int DEFAULT_HOSTS = 3;
    public static final int MAX_HOSTS = 30;
    private static final int MAX_PORT = 65_535;
    private static final int MAX_BROKERS = 5;

    public Options {
        home = home.toAbsolutePath().normalize();
        data = data.toAbsolutePath().normalize();
        environment = Map.copyOf(environment);
        if (hosts < 1 || hosts > MAX_HOSTS) {
            throw new LocalFailure("--hosts must be between 1 and " + MAX_HOSTS + ", found " + hosts + ".");
        }
        if (brokers < 1 || brokers > MAX_BROKERS || brokers % 2 == 0) {
            throw new LocalFailure("Brokers must be 1, 3 or " + MAX_BROKERS + ", found " + brokers + ".");
        }
        if (port < 0 || port > MAX_PORT) {
            throw new LocalFailure("--port must be between 0 and " + MAX_PORT + ", found " + port + ".");
        }
    }

    /** With one broker. */
    public Options(Path home, Path data, int port, int hosts, Progress progress) {
        this(home, data, port, hosts, 1, Map.of(), progress);
    }

    /** A cloud for tests and benchmarks: of this build, on any port, with three hosts. */
    public static Options here(Path data, Progress progress) {
        return new Options(Home.find(), data, 0, DEFAULT_HOSTS, progress);
    }

    /** The same with so many brokers. */
    public Options withBrokers(int number) {
        return new Options(home, data, port, hosts, number, environment, progress);
    }

    /** The same with this in the environment of every process. */
    public Options withEnvironment(Map<String, String> more) {
        return new Options(home, data, port, hosts, brokers, more, progress);
    }
}
