package lpm.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** Answers each request with the next prepared answer and remembers what it was asked. */
final class FakeApi implements AutoCloseable {
    record Asked(String method, String path, Map<String, List<String>> headers, String body) {}

    record Prepared(int status, Map<String, String> headers, String body) {}

    final List<Asked> asked = new ArrayList<>();
    private final Deque<Prepared> answers = new ArrayDeque<>();
    private final HttpServer server;

    FakeApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    FakeApi then(int status, String body) {
        return then(status, Map.of(), body);
    }

    FakeApi then(int status, Map<String, String> headers, String body) {
        answers.add(new Prepared(status, headers, body));
        return this;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    Api api() {
        return new Api(url(), "secret");
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(new Asked(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                Map.copyOf(exchange.getRequestHeaders()),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        Prepared next = answers.size() > 1 ? answers.pop() : answers.peek();
        byte[] body = next.body().getBytes(StandardCharsets.UTF_8);
        next.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
        exchange.sendResponseHeaders(next.status(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
