package lpm.account.access;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.Map;
import java.util.Optional;
import lpm.account.access.AccessJson.SshKeyBody;
import lpm.account.access.AccessJson.SshKeyJson;
import lpm.account.activity.OwnActivities;
import lpm.account.people.People;
import lpm.account.people.People.SshKey;
import lpm.platform.Ids;
import lpm.platform.Query;
import lpm.platform.rest.ApiTime;
import lpm.platform.rest.Call;
import lpm.platform.rest.Page;
import lpm.platform.rest.Refused;
import lpm.platform.rest.Scopes;

/** Public keys of the caller, for new Linodes. */
@Path("/v4/profile/sshkeys")
public final class SshKeysResource {
    private static final String ENTITY = "user_ssh_key";

    private final Call call;
    private final Ids ids;
    private final People people;
    private final OwnActivities activities;

    public SshKeysResource(Call call, Ids ids, People people, OwnActivities activities) {
        this.call = call;
        this.ids = ids;
        this.people = people;
        this.activities = activities;
    }

    @GET
    @Scopes("account:read_only")
    public Page<SshKeyJson> list() {
        Query own = Query.where("user_id", call.caller().user().value()).orderBy("id", false);
        return call.page(People.SSH_KEYS, own, SshKey.class).map(SshKeyJson::of);
    }

    @POST
    @Scopes("account:read_write")
    public SshKeyJson add(SshKeyBody body) {
        SshKey key = new SshKey(
                ids.next("ssh_key"),
                call.account().value(),
                call.caller().user().value(),
                Checks.keyLabel(body.label()),
                Checks.sshKey(body.sshKey()),
                ApiTime.of(call.now()));
        people.put(key);
        activities.note("user_ssh_key_add", ENTITY, key.id(), key.label());
        return SshKeyJson.of(key);
    }

    @GET
    @Path("{id}")
    @Scopes("account:read_only")
    public SshKeyJson get(@PathParam("id") long id) {
        return SshKeyJson.of(own(id));
    }

    @PUT
    @Path("{id}")
    @Scopes("account:read_write")
    public SshKeyJson update(@PathParam("id") long id, SshKeyBody body) {
        SshKey known = own(id);
        String label = Checks.keyLabel(body.label().or(() -> Optional.of(known.label())));
        SshKey changed =
                new SshKey(known.id(), known.accountId(), known.userId(), label, known.sshKey(), known.created());
        people.put(changed);
        activities.note("user_ssh_key_update", ENTITY, id, label);
        return SshKeyJson.of(changed);
    }

    @DELETE
    @Path("{id}")
    @Scopes("account:read_write")
    public Map<String, Object> delete(@PathParam("id") long id) {
        SshKey known = own(id);
        people.forgetKey(id);
        activities.note("user_ssh_key_delete", ENTITY, id, known.label());
        return Map.of();
    }

    private SshKey own(long id) {
        SshKey key = call.row(People.SSH_KEYS, String.valueOf(id), SshKey.class);
        if (key.userId() != call.caller().user().value()) {
            throw Refused.notFound();
        }
        return key;
    }
}
