package lpm.systemtests.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lpm.cli.Api;
import lpm.local.LocalCloud;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Passwords and tokens are in no byte that anybody wrote to a disk: tables and log of PostgreSQL, segments of Kafka,
 * journals and disks of hosts, logs of all processes.
 */
@ExtendWith(CloudExtension.class)
class SecretsKeptTest {
    private static final int LINODES = 3;

    @Test
    void noFileHoldsASecretInClear(LocalCloud cloud, Tenant tenant) throws IOException {
        String mark = UUID.randomUUID().toString();
        String token = tenant.newToken("kept", "*").path("token").asText();
        List<Long> linodes = IntStream.range(0, LINODES)
                .mapToObj(each -> ordered(tenant, mark, each))
                .toList();
        refusedOrders(mark).forEach(each -> assertThat(
                        HttpProbe.post(tenant, Tenant.INSTANCES, each).status())
                .as(each)
                .isEqualTo(400));
        linodes.forEach(linode -> tenant.awaitStatus(linode, "running"));
        String visible = "visible-" + mark.substring(0, 8);
        tenant.api()
                .put(Tenant.INSTANCES + "/" + linodes.getFirst(), Api.object().put("label", visible));
        ObjectNode rebuild =
                Tenant.order("").put("root_pass", mark + " rebuilt 9 Canary").retain("image", "root_pass");
        tenant.retryBusy(() -> tenant.api().post(Tenant.INSTANCES + "/" + linodes.getFirst() + "/rebuild", rebuild));
        tenant.awaitStatus(linodes.getFirst(), "running");

        List<String> secrets = Stream.of(token, tenant.token(), mark, Tenant.PASSWORD)
                .flatMap(SecretsKeptTest::forms)
                .toList();
        assertThat(holding(cloud, List.of(visible)))
                .as("where the looker finds what is kept")
                .isNotEmpty();
        assertThat(holding(cloud, secrets)).isEmpty();
        linodes.forEach(tenant::delete);
    }

    private static List<String> refusedOrders(String mark) {
        return List.of(
                "{\"root_pass\":\"" + mark,
                "{\"root_pass\":[\"" + mark + "\"]}",
                Tenant.order("refused")
                        .put("root_pass", mark)
                        .put("type", "none")
                        .toString(),
                Tenant.order("refused").put("root_pass", mark.repeat(9)).toString());
    }

    private static long ordered(Tenant tenant, String mark, int number) {
        ObjectNode order = Tenant.order("kept-" + number).put("root_pass", mark + " number " + number + " Canary");
        return tenant.api().post(Tenant.INSTANCES, order).id();
    }

    /** As it is, and as base64 has it at each of three places. */
    private static Stream<String> forms(String text) {
        return Stream.concat(Stream.of(text), IntStream.range(0, 3).mapToObj(place -> Base64.getEncoder()
                .withoutPadding()
                .encodeToString(("\0".repeat(place) + text).getBytes(StandardCharsets.ISO_8859_1))
                .substring(4, text.length())));
    }

    private static List<Path> holding(LocalCloud cloud, List<String> texts) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(cloud.dataDir().root(), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                // Kafka's indexes are numbers only, and ten megabytes each
                if (attributes.isRegularFile() && !file.toString().endsWith("index") && holds(file, texts)) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }
        });
        return found;
    }

    private static boolean holds(Path file, List<String> texts) throws IOException {
        try {
            String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
            return texts.stream().anyMatch(bytes::contains);
        } catch (NoSuchFileException e) {
            return false;
        }
    }
}
