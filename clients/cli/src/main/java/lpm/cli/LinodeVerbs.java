package lpm.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** What a customer does with Linodes. */
@Command(name = "linode", description = "Linodes: make, run, change, move and delete them.")
final class LinodeVerbs {
    private static final String PATH = "/v4/linode/instances";
    private static final String DEFAULT_REGION = "us-east";
    private static final String DEFAULT_TYPE = "g6-nanode-1";
    private static final String DEFAULT_IMAGE = "linode/debian12";
    private static final int PASSWORD_BYTES = 18;

    @ParentCommand
    private Lpm lpm = new Lpm();

    @Command(description = "All Linodes.")
    void list() {
        lpm.screen()
                .rows(
                        lpm.customer().list(PATH),
                        "id",
                        "label",
                        "status",
                        "type",
                        "region",
                        "image",
                        "ipv4",
                        "host_uuid");
    }

    @Command(description = "One Linode.")
    void show(@Parameters(paramLabel = "ID") long id) {
        lpm.screen().one(lpm.customer().get(PATH + "/" + id));
    }

    @Command(description = "Orders a Linode; without --image one with no disk.")
    void create(
            @Option(names = "--label", defaultValue = "") String label,
            @Option(names = "--type", defaultValue = DEFAULT_TYPE) String type,
            @Option(names = "--region", defaultValue = DEFAULT_REGION) String region,
            @Option(names = "--image", defaultValue = DEFAULT_IMAGE, description = "An image, or none.") String image,
            @Option(names = "--root-pass", defaultValue = "") String rootPass,
            @Option(names = "--tag") List<String> tags,
            @Option(names = "--no-boot") boolean noBoot) {
        Screen screen = lpm.screen();
        ObjectNode body = Api.object().put("type", type).put("region", region);
        if (!label.isEmpty()) {
            body.put("label", label);
        }
        if (tags != null) {
            tags.forEach(body.withArray("tags")::add);
        }
        if (!image.equals("none")) {
            withPassword(body.put("image", image).put("booted", !noBoot), rootPass);
        }
        Api api = lpm.customer();
        screen.act(api, "linode", Answer::id, () -> {
            Answer answer = ordered(api, PATH, body, rootPass.isEmpty());
            screen.one(answer.body());
            return answer;
        });
    }

    /** With the password that was given, or one that is made up. */
    private static ObjectNode withPassword(ObjectNode body, String given) {
        return body.put("root_pass", given.isEmpty() ? madeUp() : given);
    }

    private static String madeUp() {
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /**
     * Orders it and then shows a password that was made up for it; not one that was refused. Without an answer the
     * order may have been accepted all the same: then it is shown too.
     */
    private Answer ordered(Api api, String path, ObjectNode body, boolean madeUp) {
        String shown = madeUp ? body.path("root_pass").asText() : "";
        try {
            Answer answer = api.post(path, body);
            show(shown, "shown only here");
            return answer;
        } catch (ApiFailure failure) {
            if (failure.isUnknown()) {
                show(shown, "if the order was accepted: that is not known");
            }
            throw failure;
        }
    }

    private void show(String password, String remark) {
        if (!password.isEmpty()) {
            lpm.screen().aside("root password: " + password + "  (" + remark + ")");
        }
    }

    @Command(description = "Starts it.")
    void boot(@Parameters(paramLabel = "ID") long id) {
        act(id, "boot", Api.object());
    }

    @Command(description = "Shuts it down.")
    void shutdown(@Parameters(paramLabel = "ID") long id) {
        act(id, "shutdown", Api.object());
    }

    @Command(description = "Shuts it down and starts it.")
    void reboot(@Parameters(paramLabel = "ID") long id) {
        act(id, "reboot", Api.object());
    }

    @Command(description = "Gives it another type.")
    void resize(@Parameters(paramLabel = "ID") long id, @Option(names = "--type", required = true) String type) {
        act(id, "resize", Api.object().put("type", type));
    }

    @Command(description = "New disks from an image replace the old ones.")
    void rebuild(
            @Parameters(paramLabel = "ID") long id,
            @Option(names = "--image", defaultValue = DEFAULT_IMAGE) String image,
            @Option(names = "--root-pass", defaultValue = "") String rootPass) {
        ObjectNode body = withPassword(Api.object().put("image", image), rootPass);
        Api api = lpm.customer();
        String path = PATH + "/" + id + "/rebuild";
        lpm.screen().act(api, "linode", _ -> id, () -> ordered(api, path, body, rootPass.isEmpty()));
    }

    @Command(description = "Moves it to another host; it runs on meanwhile (type warm or cold).")
    void migrate(@Parameters(paramLabel = "ID") long id, @Option(names = "--type", defaultValue = "") String type) {
        act(id, "migrate", type.isEmpty() ? Api.object() : Api.object().put("type", type));
    }

    @Command(description = "Deletes it and its disks.")
    void delete(@Parameters(paramLabel = "ID") long id) {
        Api api = lpm.customer();
        lpm.screen().act(api, "linode", _ -> id, () -> api.delete(PATH + "/" + id));
    }

    private void act(long id, String verb, ObjectNode body) {
        Api api = lpm.customer();
        lpm.screen().act(api, "linode", _ -> id, () -> api.post(PATH + "/" + id + "/" + verb, body));
    }
}
