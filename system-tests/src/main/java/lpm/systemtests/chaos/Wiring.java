package lpm.systemtests.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import lpm.local.Wires;

/** A proxy in each way from a part of the cloud to Kafka and PostgreSQL, so that any part can be cut off. */
public final class Wiring implements Wires, AutoCloseable {
    private final List<Wire> wires = new CopyOnWriteArrayList<>();

    private record Wire(String from, String to, TcpProxy proxy) {}

    @Override
    public int port(String from, String to, int port) {
        TcpProxy proxy = new TcpProxy(port);
        wires.add(new Wire(from, to, proxy));
        return proxy.port();
    }

    /** Cuts all wires of a part, at either end. */
    void cut(String part) {
        set(part, true);
    }

    void heal(String part) {
        set(part, false);
    }

    private void set(String part, boolean cut) {
        List<Wire> own = new ArrayList<>(wires);
        own.removeIf(each -> !each.from().equals(part) && !each.to().equals(part));
        if (own.isEmpty()) {
            throw new IllegalArgumentException("no wire of " + part);
        }
        own.forEach(each -> each.proxy().cut(cut));
    }

    @Override
    public void close() {
        wires.forEach(each -> each.proxy().close());
    }
}
