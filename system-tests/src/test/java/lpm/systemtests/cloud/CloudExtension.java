package lpm.systemtests.cloud;

import java.nio.file.Files;
import java.nio.file.Path;
import lpm.local.LocalCloud;
import lpm.local.Options;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests one local cloud of real processes, started at its first use and shared by all of them. */
public final class CloudExtension implements ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(CloudExtension.class);

    private record Shared(LocalCloud cloud) implements AutoCloseable {
        @Override
        public void close() {
            cloud.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Tenant.class
                || parameter.getParameter().getType() == LocalCloud.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        LocalCloud cloud = context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent("cloud", _ -> new Shared(start()), Shared.class)
                .cloud();
        return parameter.getParameter().getType() == LocalCloud.class ? cloud : Tenant.open(cloud);
    }

    private static LocalCloud start() {
        try {
            Path data = Files.createTempDirectory("lpm-tests-");
            return LocalCloud.start(Options.here(data, new lpm.local.Progress(System.out)));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
