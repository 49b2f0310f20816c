package lpm.scheduler.linode;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lpm.contracts.Command;
import lpm.contracts.LinodeId;
import lpm.contracts.scheduler.LinodeDetails;
import lpm.platform.Query;
import lpm.platform.Refusal;
import lpm.platform.rest.Call;
import lpm.platform.rest.CreateLimited;
import lpm.platform.rest.Page;
import lpm.platform.rest.Refused;
import lpm.platform.rest.Scopes;
import lpm.scheduler.address.AddressCommand.AssignAddress;
import lpm.scheduler.address.AddressDecider;
import lpm.scheduler.address.AddressPool;
import lpm.scheduler.linode.LinodeCommand.CreateLinode;
import lpm.scheduler.linode.LinodeCommand.Delete;
import lpm.scheduler.linode.LinodeCommand.UpdateLinode;
import lpm.scheduler.linode.LinodeDrafts.Drafted;
import lpm.scheduler.tenant.TenantCommand.ChangeLabel;
import lpm.scheduler.tenant.TenantCommand.TakeLabel;
import org.jspecify.annotations.Nullable;

/** Linodes of the caller's account. */
@Path("/v4/linode/instances")
public final class LinodesResource {
    private final Call call;
    private final OwnLinodes own;
    private final LinodeDrafts drafts;
    private final AddressPool addresses;

    public LinodesResource(Call call, OwnLinodes own, LinodeDrafts drafts, AddressPool addresses) {
        this.call = call;
        this.own = own;
        this.drafts = drafts;
        this.addresses = addresses;
    }

    @GET
    @Scopes("linodes:read_only")
    public Page<LinodeJson> list() {
        Query mine = Query.where("account", call.account().value()).orderBy("id", false);
        return call.page(LinodeView.LINODES, mine, LinodeJson.class);
    }

    @POST
    @Scopes("linodes:read_write")
    @CreateLimited
    public LinodeJson create(LinodeWishes.@Nullable Create body) {
        if (body == null) {
            throw Refused.of("region", "region is required");
        }
        Drafted<CreateLinode> draft = drafts.create(call.account(), body);
        sendWithAddress(draft);
        return own.shown(draft.what().linode().value());
    }

    /** Label, quota, address and Linode in one unit; an address that somebody else just took is replaced by another. */
    private void sendWithAddress(Drafted<CreateLinode> drafted) {
        CreateLinode draft = drafted.what();
        int limit = call.caller().limits().linodes();
        for (int i = 0; i < AddressPool.MAX_CANDIDATES; i++) {
            String ip = addresses.candidate(draft.region()).orElseThrow(LinodesResource::noAddress);
            try {
                call.send(
                        List.of(
                                new TakeLabel(
                                        draft.account(),
                                        draft.linode(),
                                        draft.details().label(),
                                        limit),
                                new AssignAddress(ip, draft.region(), draft.linode()),
                                draft.at(ip)),
                        drafted::keep);
                return;
            } catch (Refused refused) {
                if (!refused.refusal().equals(Refusal.of(AddressDecider.TAKEN))) {
                    throw refused;
                }
            }
        }
        throw noAddress();
    }

    private static Refused noAddress() {
        return Refused.of("region", "This region has no free addresses.");
    }

    @GET
    @Path("{id}")
    @Scopes("linodes:read_only")
    public LinodeJson get(@PathParam("id") long id) {
        own.facts(id);
        return own.shown(id);
    }

    @PUT
    @Path("{id}")
    @Scopes("linodes:read_write")
    public LinodeJson update(@PathParam("id") long id, LinodeWishes.@Nullable Update body) {
        LinodeFacts facts = own.facts(id);
        if (body == null) {
            return own.shown(id);
        }
        LinodeChecks checks = new LinodeChecks(drafts.catalogue());
        body.label().ifPresent(checks::label);
        body.tags().ifPresent(checks::tags);
        checks.policy(body.maintenancePolicy());
        checks.end();
        LinodeDetails old = facts.details();
        LinodeDetails wanted = new LinodeDetails(
                body.label().orElse(old.label()),
                body.group().orElse(old.group()),
                body.tags().orElse(old.tags()),
                body.watchdogEnabled().orElse(old.watchdogEnabled()),
                body.maintenancePolicy().orElse(old.maintenancePolicy()));
        LinodeId linode = new LinodeId(id);
        List<Command> unit = new ArrayList<>();
        if (!wanted.label().equals(old.label())) {
            unit.add(new ChangeLabel(call.account(), linode, old.label(), wanted.label()));
        }
        unit.add(new UpdateLinode(linode, wanted));
        call.send(unit);
        return own.shown(id);
    }

    @DELETE
    @Path("{id}")
    @Scopes("linodes:read_write")
    public Map<String, Object> delete(@PathParam("id") long id) {
        own.facts(id);
        call.send(List.of(new Delete(new LinodeId(id))));
        return Map.of();
    }
}
