package lpm.account.customer;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import lpm.account.access.Checks;
import lpm.account.access.TokenIssuer;
import lpm.account.access.TokenIssuer.Wish;
import lpm.account.access.TokenScopes;
import lpm.account.customer.AccountJson.LimitsBody;
import lpm.account.customer.AccountJson.LimitsJson;
import lpm.account.customer.AccountJson.NewTokenJson;
import lpm.account.customer.AccountJson.OpenBody;
import lpm.account.customer.AccountJson.OpsJson;
import lpm.account.customer.AccountJson.SuspendBody;
import lpm.account.customer.AccountJson.TokenBody;
import lpm.account.customer.CustomerCommand.ChangeLimits;
import lpm.account.customer.CustomerCommand.ResumeAccount;
import lpm.account.customer.CustomerCommand.SuspendAccount;
import lpm.account.customer.CustomerView.Row;
import lpm.account.people.People;
import lpm.account.people.People.Person;
import lpm.account.people.People.TokenLabel;
import lpm.contracts.AccountId;
import lpm.contracts.Limits;
import lpm.contracts.account.TokenEvent.Audience;
import lpm.platform.Lookup;
import lpm.platform.Query;
import lpm.platform.rest.Call;
import lpm.platform.rest.OneTimeAnswer;
import lpm.platform.rest.Page;
import lpm.platform.rest.Refused;
import lpm.platform.rest.Scopes;

/** What operators do with accounts. */
@Path("/ops/v1/accounts")
public final class AccountsResource {
    private static final int MAX_REASON = 200;

    private final Call call;
    private final Lookup rows;
    private final People people;
    private final Opening opening;
    private final TokenIssuer issuer;

    public AccountsResource(Call call, Lookup rows, People people, Opening opening, TokenIssuer issuer) {
        this.call = call;
        this.rows = rows;
        this.people = people;
        this.opening = opening;
        this.issuer = issuer;
    }

    @GET
    @Scopes("ops_accounts:read_only")
    public Page<OpsJson> list() {
        return call.page(CustomerView.TABLE, Query.all().orderBy("id", false), Row.class)
                .map(this::json);
    }

    @POST
    @Scopes("ops_accounts:read_write")
    public OpsJson open(OpenBody body) {
        String username = Checks.username(body.username());
        if (people.named(username).isPresent()) {
            throw Refused.of("username", "Username taken");
        }
        Opening.Applicant applicant = new Opening.Applicant(
                username,
                Checks.email(body.email()),
                AccountJson.checked("company", body.company().orElse("")));
        Opening.Draft draft = opening.draft(
                applicant,
                UUID.randomUUID(),
                body.limits().map(limits -> limits.over(Opening.USUAL)).orElse(Opening.USUAL),
                call.now());
        call.sendSilently(draft.unit());
        return json(row(draft.account().value()));
    }

    @GET
    @Path("{id}")
    @Scopes("ops_accounts:read_only")
    public OpsJson get(@PathParam("id") long id) {
        return json(row(id));
    }

    @GET
    @Path("{id}/limits")
    @Scopes("ops_accounts:read_only")
    public LimitsJson limits(@PathParam("id") long id) {
        return LimitsJson.of(row(id).limits());
    }

    @PUT
    @Path("{id}/limits")
    @Scopes("ops_accounts:read_write")
    public LimitsJson limits(@PathParam("id") long id, LimitsBody body) {
        Limits changed = body.over(row(id).limits());
        call.sendSilently(List.of(new ChangeLimits(AccountId.of(id), changed)));
        return LimitsJson.of(row(id).limits());
    }

    @POST
    @Path("{id}/suspend")
    @Scopes("ops_accounts:read_write")
    public OpsJson suspend(@PathParam("id") long id, SuspendBody body) {
        row(id);
        String reason = body.reason().orElse("billing");
        if (reason.length() > MAX_REASON) {
            throw Refused.of("reason", "Length must be 0-" + MAX_REASON + " characters");
        }
        call.sendSilently(List.of(new SuspendAccount(AccountId.of(id), reason)));
        return json(row(id));
    }

    @POST
    @Path("{id}/resume")
    @Scopes("ops_accounts:read_write")
    public OpsJson resume(@PathParam("id") long id) {
        row(id);
        call.sendSilently(List.of(new ResumeAccount(AccountId.of(id))));
        return json(row(id));
    }

    /** A customer's token, so that an account can be used before its owner can sign in. */
    @POST
    @Path("{id}/tokens")
    @Scopes("ops_accounts:read_write")
    @OneTimeAnswer
    public NewTokenJson token(@PathParam("id") long id, TokenBody body) {
        Instant now = call.now();
        Person owner = owner(row(id), body.username());
        TokenIssuer.Draft draft = issuer.draw(new Wish(
                owner,
                Audience.customer,
                Checks.tokenLabel(Optional.of(body.label().orElse("issued by an operator"))),
                TokenScopes.parse(body.scopes().orElse("*")),
                Checks.expiry(body.expiry(), now)));
        call.sendSilently(List.of(draft.command()));
        TokenLabel label = issuer.keep(draft, now);
        return new NewTokenJson(
                label.id(),
                label.label(),
                label.scopes(),
                label.created(),
                label.expiry(),
                draft.secret(),
                owner.username());
    }

    private Person owner(Row account, Optional<String> username) {
        return users(account).stream()
                .filter(person -> username.map(person.username()::equals).orElse(true))
                .findFirst()
                .orElseThrow(() -> Refused.of("username", "No such user in this account"));
    }

    private List<Person> users(Row account) {
        Query own = Query.where("account_id", account.id()).orderBy("id", false);
        return rows.find(People.PERSONS, own, Person.class);
    }

    private OpsJson json(Row row) {
        List<String> names = users(row).stream().map(Person::username).toList();
        return OpsJson.of(row, people.contact(AccountId.of(row.id())), names);
    }

    private Row row(long id) {
        return call.row(CustomerView.TABLE, String.valueOf(id), Row.class);
    }
}
