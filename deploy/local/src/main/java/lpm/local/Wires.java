package lpm.local;

/** The ways from the parts of a cloud to Kafka and PostgreSQL; a test may put something in between. */
@FunctionalInterface
public interface Wires {
    /** Everybody reaches everything, with nothing in between. */
    Wires DIRECT = (_, _, port) -> port;

    /**
     * The port on 127.0.0.1 at which one part finds another one; asked once for each pair.
     *
     * @param from a service, or {@code agent-<host>}
     * @param to {@code postgresql} or a broker: {@code kafka}, {@code kafka-2} and so on
     * @param port where the other part listens
     */
    int port(String from, String to, int port);
}
