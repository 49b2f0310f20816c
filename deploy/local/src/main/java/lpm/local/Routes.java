package lpm.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who serves which path, from the only list of it ({@code routes.yaml}). */
public final class Routes {
    private static final String BETA = "/v4beta";
    private static final String STABLE = "/v4";

    private final List<Route> routes;

    private Routes(List<Route> routes) {
        this.routes = List.copyOf(routes);
    }

    private record Route(String prefix, String service) {
        boolean serves(String path) {
            return path.startsWith(prefix) && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
        }
    }

    public static Routes load() {
        try (InputStream in = Routes.class.getResourceAsStream("/routes.yaml")) {
            if (in == null) {
                throw new IllegalStateException("routes.yaml is not on the class path");
            }
            List<Route> routes = new ArrayList<>();
            for (JsonNode route : new YAMLMapper().readTree(in).path("routes")) {
                routes.add(new Route(
                        route.path("prefix").asText(), route.path("service").asText()));
            }
            return new Routes(routes);
        } catch (IOException e) {
            throw new IllegalStateException("routes.yaml cannot be read", e);
        }
    }

    /** The service that serves a path; the first match wins. */
    public Optional<String> serviceOf(String path) {
        return routes.stream()
                .filter(route -> route.serves(path))
                .map(Route::service)
                .findFirst();
    }

    /** The beta root is the same interface under another name. */
    static String stable(String uri) {
        if (!uri.startsWith(BETA)) {
            return uri;
        }
        String rest = uri.substring(BETA.length());
        return rest.isEmpty() || rest.startsWith("/") || rest.startsWith("?") ? STABLE + rest : uri;
    }
}
