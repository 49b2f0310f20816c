package lpm.account.access;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lpm.account.access.AccessJson.ProfileBody;
import lpm.account.access.AccessJson.ProfileJson;
import lpm.account.activity.OwnActivities;
import lpm.account.people.People;
import lpm.account.people.People.Person;
import lpm.platform.rest.Call;
import lpm.platform.rest.Page;
import lpm.platform.rest.Refused;
import lpm.platform.rest.Scopes;

/** The caller's own profile. */
@Path("/v4/profile")
public final class ProfileResource {
    private static final Set<String> LISH = Set.of("password_keys", "keys_only", "disabled");

    /** Keys for the console, at most. */
    private static final int MAX_KEYS = 50;

    /** Top-level preferences kept, at most. */
    private static final int MAX_PREFERENCES = 200;

    private final Call call;
    private final People people;
    private final OwnActivities activities;

    public ProfileResource(Call call, People people, OwnActivities activities) {
        this.call = call;
        this.people = people;
        this.activities = activities;
    }

    @GET
    @Scopes("account:read_only")
    public ProfileJson get() {
        return ProfileJson.of(person());
    }

    @PUT
    @Scopes("account:read_write")
    public ProfileJson update(ProfileBody body) {
        Person known = person();
        Person changed = new Person(
                known.id(),
                known.accountId(),
                known.username(),
                body.email().isPresent() ? Checks.email(body.email()) : known.email(),
                known.restricted(),
                timezone(body.timezone(), known),
                body.emailNotifications().orElse(known.emailNotifications()),
                lish(body.lishAuthMethod(), known),
                keys(body.authorizedKeys(), known),
                known.created());
        people.put(changed);
        activities.note("profile_update", "profile", known.id(), known.username());
        return ProfileJson.of(changed);
    }

    /** Everything is granted to an unrestricted user, which the API tells by an empty answer. */
    @GET
    @Path("grants")
    @Scopes({})
    public Response grants() {
        return Response.noContent().build();
    }

    @GET
    @Path("preferences")
    @Scopes({})
    public Map<String, Object> preferences() {
        return people.preferences(call.caller().user());
    }

    @PUT
    @Path("preferences")
    @Scopes({})
    public Map<String, Object> preferences(Map<String, Object> body) {
        if (body.size() > MAX_PREFERENCES || body.containsValue(null)) {
            throw Refused.of("Preferences must have at most " + MAX_PREFERENCES + " values and no nulls");
        }
        people.put(call.caller().user(), new People.Preferences(body));
        return body;
    }

    @GET
    @Path("logins")
    @Scopes("account:read_only")
    public Page<Map<String, Object>> logins() {
        return Page.single(List.of());
    }

    @GET
    @Path("devices")
    @Scopes("account:read_only")
    public Page<Map<String, Object>> devices() {
        return Page.single(List.of());
    }

    private Person person() {
        return people.person(call.caller().user()).orElseThrow(Refused::notFound);
    }

    private static String timezone(Optional<String> given, Person known) {
        return given.map(zone -> {
                    if (!ZoneId.getAvailableZoneIds().contains(zone)) {
                        throw Refused.of("timezone", "Must be a time zone such as America/New_York");
                    }
                    return zone;
                })
                .orElse(known.timezone());
    }

    private static String lish(Optional<String> given, Person known) {
        if (given.isPresent() && !LISH.contains(given.get())) {
            throw Refused.of("lish_auth_method", "Must be one of password_keys, keys_only, disabled");
        }
        return given.orElse(known.lishAuthMethod());
    }

    private static List<String> keys(Optional<List<String>> given, Person known) {
        given.ifPresent(keys -> {
            if (keys.size() > MAX_KEYS) {
                throw Refused.of("authorized_keys", "Must be at most " + MAX_KEYS + " keys");
            }
            keys.forEach(key -> Checks.sshKey(Optional.ofNullable(key)));
        });
        return given.orElse(known.authorizedKeys());
    }
}
