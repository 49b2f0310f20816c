package lpm.platform.rest;

import jakarta.ws.rs.HttpMethod;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What an endpoint asks of its caller. Deny by default: an endpoint that says nothing is a mistake. */
record Guard(boolean open, List<String> scopes, boolean createLimited) {

    /** The guard of an endpoint; empty where it has none. */
    static Optional<Guard> of(Class<?> resource, Method method) {
        boolean limited = method.isAnnotationPresent(CreateLimited.class);
        if (method.isAnnotationPresent(Public.class)) {
            return Optional.of(new Guard(true, List.of(), limited));
        }
        Scopes scopes = method.getAnnotation(Scopes.class);
        if (scopes == null && resource.isAnnotationPresent(Public.class)) {
            return Optional.of(new Guard(true, List.of(), limited));
        }
        Scopes needed = scopes == null ? resource.getAnnotation(Scopes.class) : scopes;
        return Optional.ofNullable(needed).map(each -> new Guard(false, List.of(each.value()), limited));
    }

    /** The endpoints of a resource class that ask for nothing, by name. */
    static List<String> missing(Class<?> resource) {
        List<String> names = new ArrayList<>();
        for (Method method : resource.getMethods()) {
            boolean endpoint = Arrays.stream(method.getAnnotations())
                    .anyMatch(each -> each.annotationType().isAnnotationPresent(HttpMethod.class));
            if (endpoint && of(resource, method).isEmpty()) {
                names.add(resource.getSimpleName() + "." + method.getName());
            }
        }
        return names;
    }
}
