package lpm.account.access;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import lpm.account.access.AccessJson.TokenBody;
import lpm.account.access.AccessJson.TokenJson;
import lpm.account.access.TokenCommand.RelabelToken;
import lpm.account.access.TokenCommand.RevokeToken;
import lpm.account.activity.OwnActivities;
import lpm.account.people.People;
import lpm.account.people.People.Person;
import lpm.account.people.People.TokenLabel;
import lpm.contracts.TokenId;
import lpm.contracts.account.TokenEvent.Audience;
import lpm.platform.Query;
import lpm.platform.rest.Call;
import lpm.platform.rest.OneTimeAnswer;
import lpm.platform.rest.Page;
import lpm.platform.rest.Refused;
import lpm.platform.rest.Scopes;

/** Personal access tokens of the caller. */
@Path("/v4/profile/tokens")
public final class TokensResource {
    private final Call call;
    private final TokenIssuer issuer;
    private final People people;
    private final OwnActivities activities;

    public TokensResource(Call call, TokenIssuer issuer, People people, OwnActivities activities) {
        this.call = call;
        this.issuer = issuer;
        this.people = people;
        this.activities = activities;
    }

    @GET
    @Scopes("account:read_only")
    public Page<TokenJson> list() {
        Query own = Query.where("user_id", call.caller().user().value()).orderBy("id", false);
        return call.page(People.TOKEN_LABELS, own, TokenLabel.class).map(TokenJson::of);
    }

    @POST
    @Scopes("account:read_write")
    @OneTimeAnswer
    public TokenJson create(TokenBody body) {
        Instant now = call.now();
        Person owner = people.person(call.caller().user()).orElseThrow(Refused::notFound);
        TokenIssuer.Draft draft = issuer.draw(new TokenIssuer.Wish(
                owner,
                Audience.customer,
                Checks.tokenLabel(body.label()),
                TokenScopes.grantedBy(call.caller(), body.scopes().orElse("*")),
                Checks.expiry(body.expiry(), now)));
        activities.send(
                draft.command(),
                "token_create",
                "token",
                draft.command().token().value(),
                draft.label());
        return TokenJson.of(issuer.keep(draft, now)).whole(draft.secret());
    }

    @GET
    @Path("{id}")
    @Scopes("account:read_only")
    public TokenJson get(@PathParam("id") long id) {
        return TokenJson.of(own(id));
    }

    @PUT
    @Path("{id}")
    @Scopes("account:read_write")
    public TokenJson update(@PathParam("id") long id, TokenBody body) {
        TokenLabel known = own(id);
        String label = Checks.tokenLabel(body.label().or(() -> Optional.of(known.label())));
        activities.send(new RelabelToken(TokenId.of(id), call.account()), "token_update", "token", id, label);
        TokenLabel changed = new TokenLabel(
                known.id(),
                known.accountId(),
                known.userId(),
                label,
                known.scopes(),
                known.created(),
                known.expiry(),
                known.token());
        people.put(changed);
        return TokenJson.of(changed);
    }

    @DELETE
    @Path("{id}")
    @Scopes("account:read_write")
    public Map<String, Object> revoke(@PathParam("id") long id) {
        TokenLabel known = own(id);
        activities.send(new RevokeToken(TokenId.of(id), call.account()), "token_delete", "token", id, known.label());
        people.forgetToken(id);
        return Map.of();
    }

    private TokenLabel own(long id) {
        TokenLabel label = call.row(People.TOKEN_LABELS, String.valueOf(id), TokenLabel.class);
        if (label.userId() != call.caller().user().value()) {
            throw Refused.notFound();
        }
        return label;
    }
}
