package lpm.contracts;

/** Who caused a message. The id is a public number or name, never a token. */
public record Actor(Kind kind, String id) {
    /** What kind of party acted. */
    public enum Kind {
        user,
        operator,
        service,
        host,
        timer
    }

    /** A service acting for itself, such as {@code scheduler}. */
    public static Actor service(String name) {
        return new Actor(Kind.service, name);
    }

    /** A due reminder of a service. */
    public static Actor timer(String service) {
        return new Actor(Kind.timer, service);
    }

    /** A host's agent. */
    public static Actor host(HostId host) {
        return new Actor(Kind.host, host.value());
    }
}
