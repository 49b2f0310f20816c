package lpm.hostagent;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Answers the three questions a supervisor asks, on the loopback interface, at the paths the services use too. */
final class HealthPage implements AutoCloseable {
    private final HttpServer server;

    HealthPage(int port, BooleanSupplier ready, Supplier<String> metrics) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/q/health/ready", exchange -> status(exchange, ready.getAsBoolean()));
        server.createContext("/q/health/live", exchange -> status(exchange, true));
        server.createContext("/q/metrics", exchange -> answer(exchange, 200, "text/plain", metrics.get()));
        server.start();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static void status(HttpExchange exchange, boolean up) throws IOException {
        answer(exchange, up ? 200 : 503, "application/json", "{\"status\":\"" + (up ? "UP" : "DOWN") + "\"}");
    }

    private static void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
