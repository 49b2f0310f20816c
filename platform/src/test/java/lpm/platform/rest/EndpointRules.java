package lpm.platform.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import jakarta.ws.rs.Path;
import java.util.List;

/** Rules that every service's resources keep; each service has a test that asks for them. */
public final class EndpointRules {
    private EndpointRules() {}

    /** Deny by default: an endpoint that says neither {@link Scopes} nor {@link Public} is a mistake. */
    public static void everyEndpointSaysWhoMayCall(String packageName) {
        List<Class<?>> resources = new ClassFileImporter()
                .importPackages(packageName).stream()
                        .filter(each -> each.isAnnotatedWith(Path.class))
                        .<Class<?>>map(each -> each.reflect())
                        .toList();
        assertThat(resources).as("resources below " + packageName).isNotEmpty();
        assertThat(resources.stream().flatMap(each -> Guard.missing(each).stream()))
                .as("endpoints without @Scopes or @Public")
                .isEmpty();
    }
}
