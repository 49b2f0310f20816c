package lpm.account.access;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import lpm.account.access.AccessJson.UserBody;
import lpm.account.access.AccessJson.UserJson;
import lpm.account.access.UserCommand.AddUser;
import lpm.account.access.UserCommand.ChangeUser;
import lpm.account.access.UserCommand.RemoveUser;
import lpm.account.activity.OwnActivities;
import lpm.account.people.People;
import lpm.account.people.People.Person;
import lpm.contracts.UserId;
import lpm.platform.Ids;
import lpm.platform.Query;
import lpm.platform.rest.Call;
import lpm.platform.rest.Page;
import lpm.platform.rest.Refused;
import lpm.platform.rest.Scopes;

/** The users of the caller's account. Nobody is restricted so far, so grants are all or nothing. */
@Path("/v4/account/users")
public final class UsersResource {
    private final Call call;
    private final Ids ids;
    private final People people;
    private final OwnActivities activities;

    public UsersResource(Call call, Ids ids, People people, OwnActivities activities) {
        this.call = call;
        this.ids = ids;
        this.people = people;
        this.activities = activities;
    }

    @GET
    @Scopes("account:read_only")
    public Page<UserJson> list() {
        Query own = Query.where("account_id", call.account().value()).orderBy("id", false);
        return call.page(People.PERSONS, own, Person.class).map(this::json);
    }

    @POST
    @Scopes("account:read_write")
    public UserJson add(UserBody body) {
        if (body.restricted().orElse(false)) {
            throw Refused.of("restricted", "Restricted users are not offered yet");
        }
        Person person = AccessJson.newcomer(
                ids.next("user"),
                call.account().value(),
                free(Checks.username(body.username())),
                Checks.email(body.email()),
                false,
                call.now());
        people.put(person);
        activities.send(
                new AddUser(UserId.of(person.id()), call.account(), false),
                "user_create",
                "user",
                person.id(),
                person.username());
        return json(person);
    }

    @GET
    @Path("{username}")
    @Scopes("account:read_only")
    public UserJson get(@PathParam("username") String username) {
        return json(named(username));
    }

    @PUT
    @Path("{username}")
    @Scopes("account:read_write")
    public UserJson update(@PathParam("username") String username, UserBody body) {
        Person known = named(username);
        String name = body.username().map(given -> renamed(known, given)).orElse(known.username());
        String email = body.email().isPresent() ? Checks.email(body.email()) : known.email();
        Person changed = new Person(
                known.id(),
                known.accountId(),
                name,
                email,
                known.restricted(),
                known.timezone(),
                known.emailNotifications(),
                known.lishAuthMethod(),
                known.authorizedKeys(),
                known.created());
        activities.send(
                new ChangeUser(UserId.of(known.id()), call.account(), known.restricted()),
                "user_update",
                "user",
                known.id(),
                name);
        people.put(changed);
        return json(changed);
    }

    @DELETE
    @Path("{username}")
    @Scopes("account:read_write")
    public Map<String, Object> remove(@PathParam("username") String username) {
        Person known = named(username);
        UserId user = UserId.of(known.id());
        if (user.equals(call.caller().user())) {
            throw Refused.of("You cannot delete yourself");
        }
        activities.send(new RemoveUser(user, call.account()), "user_delete", "user", known.id(), username);
        people.forget(user);
        return Map.of();
    }

    @GET
    @Path("{username}/grants")
    @Scopes("account:read_only")
    public Response grants(@PathParam("username") String username) {
        named(username);
        return Response.noContent().build();
    }

    private Person named(String username) {
        return people.named(call.account(), username).orElseThrow(Refused::notFound);
    }

    private String renamed(Person known, String username) {
        return known.username().equals(username) ? username : free(Checks.username(Optional.of(username)));
    }

    private String free(String username) {
        if (people.named(username).isPresent()) {
            throw Refused.of("username", "Username taken");
        }
        return username;
    }

    private UserJson json(Person person) {
        return UserJson.of(person, people.keys(UserId.of(person.id())));
    }
}
