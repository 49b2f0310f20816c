package lpm.local;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.OriginRequestProvider;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The one public port: hands each request to the service that {@link Routes} names, and changes nothing else in it. */
public final class Router implements AutoCloseable {
    private static final long LARGEST_BODY_BYTES = 4L << 20;
    private static final int LARGEST_HEADER_BYTES = 16 << 10;
    private static final int LONGEST_LINE_BYTES = 8 << 10;
    private static final int CONNECTIONS_PER_SERVICE = 64;
    private static final int RETRY_AFTER_SECONDS = 1;
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);
    private static final Duration START_LIMIT = Duration.ofSeconds(10);

    private final Routes routes = Routes.load();
    private final Map<String, Integer> ports;
    private final Vertx vertx;
    private final HttpServer server;

    /** Serves on 127.0.0.1; {@code ports} tells where each service listens. */
    public Router(int port, Map<String, Integer> ports) {
        this.ports = Map.copyOf(ports);
        this.vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(2)
                .setFileSystemOptions(new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false)));
        HttpClient client = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout((int) CONNECT_LIMIT.toMillis()),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS_PER_SERVICE));
        HttpProxy proxy = HttpProxy.reverseProxy(client)
                .origin((OriginRequestProvider) context ->
                        context.client().request(originOf(context.request().proxiedRequest())))
                .addInterceptor(new Edge());
        this.server = vertx.createHttpServer(new HttpServerOptions()
                        .setHttp2ClearTextEnabled(false)
                        .setMaxInitialLineLength(LONGEST_LINE_BYTES)
                        .setMaxHeaderSize(LARGEST_HEADER_BYTES))
                .requestHandler(request -> accept(request, proxy));
        finish(server.listen(port, "127.0.0.1"), "The public port " + port + " cannot be opened");
    }

    public int port() {
        return server.actualPort();
    }

    private void accept(HttpServerRequest request, HttpProxy proxy) {
        if (serviceOf(request).isEmpty()) {
            refuse(request, 404, "Not found");
        } else if (tooLarge(request)) {
            refuse(request, 413, "Request body is larger than " + LARGEST_BODY_BYTES + " bytes");
        } else {
            proxy.handle(request);
        }
    }

    private Optional<String> serviceOf(HttpServerRequest request) {
        return Optional.ofNullable(request.path())
                .map(Routes::stable)
                .flatMap(routes::serviceOf)
                .filter(ports::containsKey);
    }

    private RequestOptions originOf(HttpServerRequest request) {
        String service = serviceOf(request).orElseThrow();
        return new RequestOptions().setHost("127.0.0.1").setPort(ports.getOrDefault(service, -1));
    }

    /** A body of unknown length passes: the services count for themselves. */
    private static boolean tooLarge(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        try {
            return length != null && Long.parseLong(length.strip()) > LARGEST_BODY_BYTES;
        } catch (NumberFormatException e) {
            return true;
        }
    }

    private static void refuse(HttpServerRequest request, int status, String reason) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .putHeader("Connection", "close")
                .end(error(reason));
    }

    private static Buffer error(String reason) {
        return Buffer.buffer("{\"errors\":[{\"reason\":\"" + reason + "\"}]}");
    }

    /** Rewrites the beta root, and answers for a service that cannot be reached. */
    private static final class Edge implements ProxyInterceptor {
        @Override
        public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
            context.request().setURI(Routes.stable(context.request().getURI()));
            return context.sendRequest().recover(_ -> Future.succeededFuture(unavailable(context)));
        }

        private static ProxyResponse unavailable(ProxyContext context) {
            return context.request()
                    .release()
                    .response()
                    .setStatusCode(503)
                    .putHeader("Content-Type", "application/json")
                    .putHeader("Retry-After", Integer.toString(RETRY_AFTER_SECONDS))
                    .setBody(Body.body(error("Service unavailable, please retry")));
        }
    }

    private static void finish(Future<?> future, String failure) {
        try {
            future.toCompletionStage().toCompletableFuture().get(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new LocalFailure(failure + ": " + e.getMessage() + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalFailure(failure + ": interrupted.", e);
        }
    }

    @Override
    public void close() {
        finish(vertx.close(), "The public port cannot be closed");
    }
}
