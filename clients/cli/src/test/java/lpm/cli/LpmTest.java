package lpm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class LpmTest {
    @TempDir
    Path folder;

    private FakeApi server;

    @BeforeEach
    void start() throws IOException {
        server = new FakeApi();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void showsRowsAsAReadableTable() {
        server.then(200, """
                {"data":[{"id":1,"label":"web","status":"running","ipv4":["10.0.0.1","10.0.0.2"],"image":null}],
                 "page":1,"pages":1,"results":1}""");
        Shown shown = run("linode", "list");
        assertThat(shown.code()).isZero();
        assertThat(shown.out().lines().toList().getFirst()).startsWith("ID  LABEL  STATUS   TYPE");
        assertThat(shown.out().lines().toList().getLast())
                .startsWith("1   web    running  -")
                .contains("10.0.0.1,10.0");
    }

    @Test
    void answersWithJsonWhereverTheFlagStands() throws IOException {
        server.then(200, "{\"data\":[{\"id\":1}],\"page\":1,\"pages\":1,\"results\":1}");
        assertThat(Api.JSON
                        .readTree(run("volume", "list", "--json").out())
                        .path(0)
                        .path("id")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void ordersALinodeWithAPasswordOfItsOwn() throws IOException {
        server.then(200, "{\"id\":7,\"label\":\"web\"}");
        Shown shown = run("linode", "create", "--label", "web", "--tag", "a", "--tag", "b", "--no-boot");
        JsonNode body = Api.JSON.readTree(server.asked.getLast().body());
        assertThat(body.path("type").asText()).isEqualTo("g6-nanode-1");
        assertThat(body.path("tags")).hasSize(2);
        assertThat(body.path("booted").asBoolean(true)).isFalse();
        assertThat(body.path("root_pass").asText()).hasSizeGreaterThan(20);
        assertThat(shown.out()).doesNotContain(body.path("root_pass").asText());
        assertThat(shown.err())
                .contains("root password: " + body.path("root_pass").asText() + "  (shown only here)");
    }

    @ParameterizedTest
    @CsvSource({"400, false", "500, true"})
    void aPasswordOfItsOwnIsShownUnlessItWasRefused(int status, boolean shown) throws IOException {
        server.then(status, "{\"errors\":[{\"reason\":\"no\"}]}");
        for (String verb : List.of("create", "rebuild")) {
            Shown failed = verb.equals("create") ? run("linode", verb) : run("linode", verb, "7");
            assertThat(failed.code()).isEqualTo(1);
            String made = Api.JSON
                    .readTree(server.asked.getLast().body())
                    .path("root_pass")
                    .asText();
            assertThat(made).hasSizeGreaterThan(20);
            assertThat(failed.err().contains(made)).isEqualTo(shown);
        }
    }

    @Test
    void aGivenPasswordIsNotShown() {
        server.then(200, "{\"id\":7}");
        Shown shown = run("linode", "create", "--root-pass", "aComplex1Pass");
        assertThat(shown.out() + shown.err()).doesNotContain("aComplex1Pass").doesNotContain("root password");
    }

    @Test
    void endsWithOneAndTheReasonsOnARefusal() {
        server.then(404, "{\"errors\":[{\"reason\":\"Not found\"}]}");
        Shown shown = run("linode", "show", "9");
        assertThat(shown.code()).isEqualTo(1);
        assertThat(shown.err()).isEqualTo("lpm: Not found (404 to GET /v4/linode/instances/9)\n");
    }

    @Test
    void asksAsAnOperatorForHosts() {
        server.then(200, "{\"data\":[],\"page\":1,\"pages\":1,\"results\":0}");
        assertThat(run("host", "list").out()).contains("(none)");
        assertThat(server.asked.getLast().headers()).containsEntry("Authorization", List.of("Bearer operator"));
    }

    @Test
    void rebuildsEveryProjectionAndTellsOfEach() {
        for (String service : List.of("account", "scheduler", "migration", "storage")) {
            server.then(
                    200,
                    "{\"data\":[{\"name\":\"of-%s\",\"service\":\"%s\"}],\"page\":1,\"pages\":1}"
                            .formatted(service, service));
        }
        server.then(200, "{\"state\":\"rebuilding\"}");
        for (String name : List.of("first", "second", "third", "fourth")) {
            server.then(
                    200, "{\"state\":\"done\",\"rebuilt\":{\"projection\":\"%s\",\"differing\":0}}".formatted(name));
        }
        Shown shown = run("projection", "rebuild", "--all");
        assertThat(shown.code()).as(shown.err()).isZero();
        assertThat(shown.out()).containsSubsequence("PROJECTION", "first", "second", "third", "fourth");
        assertThat(server.asked.get(4).path()).isEqualTo("/ops/v1/projections/account/of-account/rebuild");
        assertThat(server.asked.get(5).method()).isEqualTo("GET");
        assertThat(server.asked.getLast().path()).isEqualTo("/ops/v1/projections/storage/of-storage/rebuild");
    }

    @Test
    void aProjectionThatIsNotRebuiltKeepsNoOtherFromIt() {
        server.then(
                200,
                "{\"data\":[{\"name\":\"bad\",\"service\":\"account\"},{\"name\":\"good\",\"service\":\"account\"}],"
                        + "\"page\":1,\"pages\":1}");
        for (int others = 0; others < 3; others++) {
            server.then(200, "{\"data\":[],\"page\":1,\"pages\":1}");
        }
        server.then(200, "{\"state\":\"failed\",\"failure\":\"the disk is full\"}");
        server.then(200, "{\"state\":\"done\",\"rebuilt\":{\"projection\":\"good\",\"differing\":0}}");
        Shown shown = run("projection", "rebuild", "--all");
        assertThat(shown.code()).isEqualTo(1);
        assertThat(shown.out()).contains("good");
        assertThat(shown.err()).contains("The projection bad was not rebuilt: the disk is full.");
    }

    @Test
    void aProjectionMustBeNamedAndThere() {
        server.then(200, "{\"data\":[{\"name\":\"linode\",\"service\":\"scheduler\"}],\"page\":1,\"pages\":1}");
        Shown unknown = run("projection", "rebuild", "nobody");
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.err()).contains("No projection is called nobody").contains("./lpm projection list");
        assertThat(run("projection", "rebuild").code()).isEqualTo(2);
        assertThat(run("projection", "rebuild", "linode", "--all").code()).isEqualTo(2);
        assertThat(server.asked).allSatisfy(each -> assertThat(each.method()).isEqualTo("GET"));
    }

    @Test
    void findsTheApiByFlagThenEnvironmentThenTheRunningCloud() throws IOException {
        Files.writeString(folder.resolve(Session.NOTE), "api=http\\://note\ntoken=n\noperator-token=o\n");
        Session none = new Session("", "", "");
        assertThat(Session.find(none, Map.of(), folder)).isEqualTo(new Session("http://note", "n", "o"));
        assertThat(Session.find(none, Map.of("LPM_TOKEN", "e"), folder))
                .isEqualTo(new Session("http://note", "e", "o"));
        assertThat(Session.find(new Session("http://flag", "f", ""), Map.of("LPM_TOKEN", "e"), folder))
                .isEqualTo(new Session("http://flag", "f", "o"));
    }

    @Test
    void followsCausesBackToTheFirstRequest() throws IOException {
        List<JsonNode> all = List.of(
                message("a", "", "the request"),
                message("b", "a", "placed"),
                message("x", "a", "beside"),
                message("c", "b", "moved"));
        assertThat(Story.chain(all.getLast(), all))
                .extracting(message -> message.path("reason").asText())
                .containsExactly("the request", "placed", "moved");
    }

    @Test
    void showsOnlyWhatDiffersBetweenTwoStates() throws IOException {
        JsonNode before = Api.JSON.readTree("{\"at\":{\"host\":\"h1\"},\"epoch\":1,\"label\":\"web\",\"ips\":[1]}");
        JsonNode after = Api.JSON.readTree("{\"at\":{\"host\":\"h2\"},\"epoch\":2,\"label\":\"web\",\"ips\":[1,2]}");
        assertThat(Story.changes(before, after)).containsExactly("at.host: h1 → h2", "epoch: 1 → 2", "ips.1: - → 2");
    }

    @Test
    void tellsTheShortPartsOfAMessage() throws IOException {
        JsonNode data = Api.JSON.readTree(
                "{\"at\":{\"host\":\"h1\",\"hostEpoch\":1},\"linode\":1,\"disks\":[1,2],\"image\":null,\"spec\":{}}");
        assertThat(Story.brief(data)).isEqualTo("at=h1 linode=1");
    }

    private static JsonNode message(String id, String cause, String reason) {
        return Api.object().put("id", id).put("causation_id", cause).put("reason", reason);
    }

    private record Shown(int code, String out, String err) {}

    private Shown run(String... words) {
        List<String> arguments = new ArrayList<>(List.of(words));
        arguments.addAll(List.of("--api", server.url(), "--token", "customer", "--operator-token", "operator"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StringWriter err = new StringWriter();
        ByteArrayOutputStream aside = new ByteArrayOutputStream();
        PrintStream before = System.out;
        PrintStream asideBefore = System.err;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(aside, true, StandardCharsets.UTF_8));
        try {
            CommandLine line = Lpm.commandLine().setErr(new PrintWriter(err, true));
            int code = line.execute(arguments.toArray(String[]::new));
            return new Shown(code, out.toString(StandardCharsets.UTF_8), aside.toString(StandardCharsets.UTF_8) + err);
        } finally {
            System.setOut(before);
            System.setErr(asideBefore);
        }
    }
}
