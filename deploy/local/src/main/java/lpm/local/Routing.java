package lpm.local;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** At which ports of 127.0.0.1 Kafka and PostgreSQL listen, and where each part of one cloud finds them. */
final class Routing {
    /**
     * One part's own way to a broker.
     *
     * @param listener the broker's name for it
     * @param port where the broker listens
     * @param advertised where the part finds it
     */
    record Way(String listener, int port, int advertised) {}

    /**
     * One of Kafka's brokers.
     *
     * @param id counted from 1
     * @param port where it listens for everybody
     * @param controllerPort where it listens for the other ones' controllers
     * @param ways of the parts that have their own
     */
    record Node(int id, String name, int port, int controllerPort, Map<String, Way> ways) {
        int port(String part) {
            @Nullable Way own = ways.get(part);
            return own == null ? port : own.advertised();
        }

        static String name(int id) {
            return id == 1 ? Broker.NAME : Broker.NAME + "-" + id;
        }
    }

    private final List<Node> nodes;
    private final int postgreSql;
    private final Map<String, Integer> databases = new TreeMap<>();

    private Routing(List<Node> nodes, int postgreSql) {
        this.nodes = nodes;
        this.postgreSql = postgreSql;
    }

    /** To one broker, or to as many as the folder began with. */
    static Routing over(Wires wires, Ports ports, List<String> hosts) {
        List<String> parts = wires == Wires.DIRECT
                ? List.of()
                : Stream.concat(PostgreSql.ROLES.stream(), hosts.stream().map(Programs::agentName))
                        .toList();
        List<Node> nodes = IntStream.rangeClosed(1, ports.brokers(1))
                .mapToObj(id -> node(id, parts, wires, ports))
                .toList();
        Routing routing = new Routing(nodes, ports.of(PostgreSql.NAME));
        parts.stream()
                .filter(PostgreSql.ROLES::contains)
                .forEach(service ->
                        routing.databases.put(service, wires.port(service, PostgreSql.NAME, routing.postgreSql)));
        return routing;
    }

    private static Node node(int id, List<String> parts, Wires wires, Ports ports) {
        String name = Node.name(id);
        Map<String, Way> ways = new TreeMap<>();
        parts.forEach(part -> {
            int port = ports.of(name + "-" + part);
            ways.put(part, new Way(part.toUpperCase(Locale.ROOT), port, wires.port(part, name, port)));
        });
        return new Node(id, name, ports.of(name), ports.of(name + "-controller"), ways);
    }

    /** Kafka's brokers. */
    List<Node> nodes() {
        return nodes;
    }

    /** Where everybody finds Kafka. */
    String kafka() {
        return nodes.stream().map(each -> Broker.address(each.port())).collect(Collectors.joining(","));
    }

    /** Where a part finds Kafka. */
    String kafka(String part) {
        return nodes.stream().map(each -> Broker.address(each.port(part))).collect(Collectors.joining(","));
    }

    /** Where PostgreSQL listens for everybody. */
    int postgreSql() {
        return postgreSql;
    }

    int postgreSql(String part) {
        return databases.getOrDefault(part, postgreSql);
    }
}
