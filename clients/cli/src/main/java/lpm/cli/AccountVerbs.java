package lpm.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** The account and who may act for it. */
@Command(name = "account", description = "The account, its users and tokens; opening accounts (operators).")
final class AccountVerbs {
    @ParentCommand
    private Lpm lpm = new Lpm();

    @Command(description = "The account of the token.")
    void show() {
        lpm.screen().one(lpm.customer().get("/v4/account"));
    }

    @Command(description = "Its users.")
    void users() {
        lpm.screen().rows(lpm.customer().list("/v4/account/users"), "username", "email", "restricted");
    }

    @Command(description = "Its tokens.")
    void tokens() {
        lpm.screen().rows(lpm.customer().list("/v4/profile/tokens"), "id", "label", "scopes", "created", "expiry");
    }

    @Command(description = "Opens an account (operators).")
    void open(
            @Option(names = "--company", required = true) String company,
            @Option(names = "--email", required = true) String email,
            @Option(names = "--username", required = true) String username) {
        lpm.screen()
                .one(lpm.operator()
                        .post(
                                "/ops/v1/accounts",
                                Api.object()
                                        .put("company", company)
                                        .put("email", email)
                                        .put("username", username))
                        .body());
    }

    @Command(description = "What an account may have (operators).")
    void limits(@Parameters(paramLabel = "ID") long id) {
        lpm.screen().one(lpm.operator().get("/ops/v1/accounts/" + id + "/limits"));
    }

    @Command(description = "Stops an account's writes (operators).")
    void suspend(@Parameters(paramLabel = "ID") long id) {
        lpm.screen()
                .one(lpm.operator().post("/ops/v1/accounts/" + id + "/suspend").body());
    }

    @Command(description = "Lets it write again (operators).")
    void resume(@Parameters(paramLabel = "ID") long id) {
        lpm.screen()
                .one(lpm.operator().post("/ops/v1/accounts/" + id + "/resume").body());
    }
}
