package lpm.systemtests.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import lpm.cli.Api;
import lpm.cli.Projections;
import lpm.local.FileTree;
import lpm.local.Home;
import lpm.local.LocalCloud;
import lpm.local.Options;
import lpm.local.Progress;
import lpm.local.RecordClasses;
import lpm.verify.Report;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests one local cloud of real processes, started at its first use and shared by all of them. Whatever a class
 * did to it, what is stored and published must keep every promise afterwards, and every view must be what a replay
 * makes of it.
 */
public final class CloudExtension implements ParameterResolver, AfterAllCallback {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(CloudExtension.class);

    private record Shared(LocalCloud cloud, Path data) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            cloud.close();
            FileTree.delete(data);
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

    @Override
    public void afterAll(ExtensionContext context) {
        Shared shared = context.getRoot().getStore(NAMESPACE).get("cloud", Shared.class);
        if (shared != null) {
            Report report = shared.cloud().verify(List.of(Tenant.PASSWORD));
            System.out.println(context.getDisplayName() + ": " + report.summary());
            assertThat(report.holds()).as(report.text()).isTrue();
            assertThat(differing(shared.cloud().operator())).isEmpty();
        }
    }

    /** Views that are not what a replay of the log makes of them, whoever was killed meanwhile. */
    private static List<JsonNode> differing(Api operator) {
        List<JsonNode> rebuilt = Projections.all(operator)
                .map(each -> Projections.rebuild(operator, each))
                .toList();
        assertThat(rebuilt).isNotEmpty();
        return rebuilt.stream()
                .filter(each -> each.path("differing").asInt(-1) != 0)
                .toList();
    }

    private static Shared start() {
        try {
            Progress progress = new Progress(System.out);
            RecordClasses.of(Home.find(), progress);
            Path data = Files.createTempDirectory("lpm-tests-");
            return new Shared(LocalCloud.start(Options.here(data, progress)), data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
