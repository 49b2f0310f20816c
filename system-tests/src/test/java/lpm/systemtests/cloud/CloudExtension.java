package lpm.systemtests.cloud;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import lpm.local.LocalCloud;
import lpm.local.Options;
import lpm.local.Progress;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests one local cloud of real processes, started at its first use and shared by all of them. */
public final class CloudExtension implements ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(CloudExtension.class);

    private record Shared(LocalCloud cloud, Path data) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            cloud.close();
            try (Stream<Path> files = Files.walk(data)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
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
                .computeIfAbsent("cloud", _ -> start(), Shared.class)
                .cloud();
        return parameter.getParameter().getType() == LocalCloud.class ? cloud : Tenant.open(cloud);
    }

    private static Shared start() {
        try {
            Path data = Files.createTempDirectory("lpm-tests-");
            return new Shared(LocalCloud.start(Options.here(data, new Progress(System.out))), data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
