package lpm.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** What a customer does with volumes. */
@Command(name = "volume", description = "Volumes: make, attach, detach, grow and delete them.")
final class VolumeVerbs {
    private static final String PATH = "/v4/volumes";

    @ParentCommand
    private Lpm lpm = new Lpm();

    @Command(description = "All volumes.")
    void list() {
        lpm.screen()
                .rows(
                        lpm.customer().list(PATH),
                        "id",
                        "label",
                        "status",
                        "size",
                        "region",
                        "linode_id",
                        "linode_label");
    }

    @Command(description = "One volume.")
    void show(@Parameters(paramLabel = "ID") long id) {
        lpm.screen().one(lpm.customer().get(PATH + "/" + id));
    }

    @Command(description = "Orders a volume, attached to a Linode if one is given.")
    void create(
            @Option(names = "--label", required = true) String label,
            @Option(names = "--size", defaultValue = "20", paramLabel = "GB") int size,
            @Option(names = "--region", defaultValue = "us-east") String region,
            @Option(names = "--linode", defaultValue = "0", paramLabel = "ID") long linode) {
        ObjectNode body = Api.object().put("label", label).put("size", size);
        if (linode > 0) {
            body.put("linode_id", linode);
        } else {
            body.put("region", region);
        }
        order(body, lpm.screen());
    }

    @Command(description = "Plugs it into a Linode.")
    void attach(
            @Parameters(paramLabel = "ID") long id,
            @Option(names = "--linode", required = true, paramLabel = "ID") long linode) {
        act(id, "attach", Api.object().put("linode_id", linode));
    }

    @Command(description = "Unplugs it.")
    void detach(@Parameters(paramLabel = "ID") long id) {
        act(id, "detach", Api.object());
    }

    @Command(description = "Makes it larger.")
    void resize(
            @Parameters(paramLabel = "ID") long id,
            @Option(names = "--size", required = true, paramLabel = "GB") int size) {
        act(id, "resize", Api.object().put("size", size));
    }

    @Command(description = "Deletes it and scrubs its bytes.")
    void delete(@Parameters(paramLabel = "ID") long id) {
        Api api = lpm.customer();
        lpm.screen().act(api, "volume", _ -> id, () -> api.delete(PATH + "/" + id));
    }

    private void act(long id, String verb, ObjectNode body) {
        Api api = lpm.customer();
        lpm.screen().act(api, "volume", _ -> id, () -> api.post(PATH + "/" + id + "/" + verb, body));
    }

    private void order(ObjectNode body, Screen screen) {
        Api api = lpm.customer();
        screen.act(api, "volume", Answer::id, () -> {
            Answer answer = api.post(PATH, body);
            screen.one(answer.body());
            return answer;
        });
    }
}
