package lpm.platform.rest;

import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.net.URI;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Serves {@code /v4beta} as {@code /v4}, and tolerates a slash at the end. */
@Singleton
public final class BetaPaths {
    @ServerRequestFilter(preMatching = true)
    public void rewrite(ContainerRequestContext http) {
        URI asked = http.getUriInfo().getRequestUri();
        String path = asked.getRawPath();
        String plain = plain(path);
        if (!plain.equals(path)) {
            String query = asked.getRawQuery();
            String authority = asked.getRawAuthority() == null ? "" : "//" + asked.getRawAuthority();
            String scheme = asked.getScheme() == null ? "" : asked.getScheme() + ":";
            http.setRequestUri(URI.create(scheme + authority + plain + (query == null ? "" : "?" + query)));
        }
    }

    static String plain(String path) {
        String stable = path.equals("/v4beta") || path.startsWith("/v4beta/")
                ? "/v4" + path.substring("/v4beta".length())
                : path;
        boolean slash = stable.length() > 1 && stable.endsWith("/");
        return slash ? stable.substring(0, stable.length() - 1) : stable;
    }
}
