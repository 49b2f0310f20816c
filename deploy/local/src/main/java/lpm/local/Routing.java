package lpm.local;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** At which ports of 127.0.0.1 Kafka and PostgreSQL listen, and where each part of one cloud finds them. */
final class Routing {
    /**
     * One part's own way to Kafka.
     *
     * @param listener the broker's name for it
     * @param port where the broker listens
     * @param advertised where the part finds it
     */
    record Way(String listener, int port, int advertised) {}

    private final int kafka;
    private final int postgreSql;
    private final Map<String, Way> ways = new TreeMap<>();
    private final Map<String, Integer> databases = new TreeMap<>();

    private Routing(int kafka, int postgreSql) {
        this.kafka = kafka;
        this.postgreSql = postgreSql;
    }

    static Routing over(Wires wires, Ports ports, List<String> hosts) {
        Routing routing = new Routing(ports.of(Broker.NAME), ports.of(PostgreSql.NAME));
        if (wires != Wires.DIRECT) {
            PostgreSql.ROLES.forEach(service ->
                    routing.databases.put(service, wires.port(service, PostgreSql.NAME, routing.postgreSql)));
            Stream.concat(PostgreSql.ROLES.stream(), hosts.stream().map(Programs::agentName))
                    .forEach(part -> routing.ways.put(part, way(part, wires, ports)));
        }
        return routing;
    }

    private static Way way(String part, Wires wires, Ports ports) {
        int port = ports.of(Broker.NAME + "-" + part);
        return new Way(part.toUpperCase(Locale.ROOT), port, wires.port(part, Broker.NAME, port));
    }

    /** Where Kafka listens for everybody. */
    int kafka() {
        return kafka;
    }

    int kafka(String part) {
        @Nullable Way own = ways.get(part);
        return own == null ? kafka : own.advertised();
    }

    /** The ways that need a listener of their own. */
    List<Way> ways() {
        return List.copyOf(ways.values());
    }

    /** Where PostgreSQL listens for everybody. */
    int postgreSql() {
        return postgreSql;
    }

    int postgreSql(String part) {
        return databases.getOrDefault(part, postgreSql);
    }
}
