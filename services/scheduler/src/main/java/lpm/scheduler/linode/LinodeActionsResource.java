package lpm.scheduler.linode;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lpm.contracts.AccountId;
import lpm.contracts.Command;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;
import lpm.contracts.Region;
import lpm.contracts.Resources;
import lpm.contracts.migration.MigrationCommand.Mode;
import lpm.contracts.scheduler.LinodeSizing;
import lpm.platform.Ids;
import lpm.platform.Refusal;
import lpm.platform.rest.Call;
import lpm.platform.rest.Refused;
import lpm.platform.rest.Scopes;
import lpm.scheduler.host.FleetHostCommand.ResizeCapacity;
import lpm.scheduler.linode.LinodeCommand.*;
import lpm.scheduler.linode.LinodeDrafts.Drafted;
import lpm.scheduler.placement.PlaceLinode;
import lpm.scheduler.placement.PlanMove;
import lpm.scheduler.placement.Purpose;
import org.jspecify.annotations.Nullable;

/** What can be done to a Linode. */
@Path("/v4/linode/instances/{id}")
@Scopes("linodes:read_write")
public final class LinodeActionsResource {
    /** The longest pause a customer's own move may have. */
    static final long MAX_PAUSE_MILLIS = 10_000;

    private static final String NO_ROOM = "There is no room for this type where the Linode is now.";

    private final Call call;
    private final OwnLinodes own;
    private final LinodeDrafts drafts;
    private final Ids ids;

    public LinodeActionsResource(Call call, OwnLinodes own, LinodeDrafts drafts, Ids ids) {
        this.call = call;
        this.own = own;
        this.drafts = drafts;
        this.ids = ids;
    }

    @POST
    @Path("boot")
    public Map<String, Object> boot(@PathParam("id") long id, LinodeWishes.@Nullable Boot body) {
        LinodeFacts facts = own.facts(id);
        checkConfig(facts, body);
        boolean unplaced = facts.at().isEmpty() && own.shown(id).status().equals("offline");
        return send(unplaced ? place(facts) : new Boot(new LinodeId(id)));
    }

    /** A Linode that no host had room for looks for one again. */
    private Command place(LinodeFacts facts) {
        return new PlaceLinode(
                new LinodeId(facts.id()),
                new AccountId(facts.account()),
                new Region(own.shown(facts.id()).region()),
                facts.resources(),
                Optional.empty(),
                Purpose.create);
    }

    @POST
    @Path("reboot")
    public Map<String, Object> reboot(@PathParam("id") long id, LinodeWishes.@Nullable Boot body) {
        checkConfig(own.facts(id), body);
        return send(new Reboot(new LinodeId(id)));
    }

    private static void checkConfig(LinodeFacts facts, LinodeWishes.@Nullable Boot body) {
        Optional<Long> wanted = body == null ? Optional.empty() : body.configId();
        boolean known =
                wanted.isEmpty() || (facts.profile() != null && facts.profile().configId() == wanted.get());
        if (!known) {
            throw Refused.of("config_id", "Invalid config_id");
        }
    }

    @POST
    @Path("shutdown")
    public Map<String, Object> shutdown(@PathParam("id") long id) {
        own.facts(id);
        return send(new Shutdown(new LinodeId(id)));
    }

    @POST
    @Path("rebuild")
    public LinodeJson rebuild(@PathParam("id") long id, LinodeWishes.@Nullable Rebuild body) {
        LinodeFacts facts = own.facts(id);
        if (body == null) {
            throw Refused.of("image", "image is required");
        }
        Drafted<Rebuild> draft = drafts.rebuild(facts, body);
        call.send(List.of(draft.what()), draft::keep);
        return own.shown(id);
    }

    @POST
    @Path("resize")
    public Map<String, Object> resize(@PathParam("id") long id, LinodeWishes.@Nullable Resize body) {
        LinodeFacts facts = own.facts(id);
        if (body == null) {
            throw Refused.of("type", "type is required");
        }
        LinodeChecks checks = new LinodeChecks(drafts.catalogue());
        Optional<LinodeSizing> wanted = checks.type(body.type());
        checks.notOffered(body.migrationType().filter("warm"::equals).isPresent(), "migration_type");
        checks.end();
        LinodeSizing to = wanted.orElseThrow();
        HostRef at = facts.at().orElseThrow(() -> new Refused(Refusal.busy()));
        List<Command> unit = new ArrayList<>();
        if (covers(to.resources(), facts.resources())) {
            unit.add(new ResizeCapacity(at.host(), new LinodeId(id), facts.resources(), to.resources()));
        }
        unit.add(new Resize(new LinodeId(id), at, to, body.allowAutoDiskResize().orElse(true)));
        sendWithoutHostNames(unit);
        return Map.of();
    }

    /** Room for a larger type is held before; what a smaller one frees is freed when the Linode has it. */
    private static boolean covers(Resources larger, Resources smaller) {
        return larger.vcpus() >= smaller.vcpus() && larger.memoryMib() >= smaller.memoryMib();
    }

    private void sendWithoutHostNames(List<Command> unit) {
        try {
            call.send(unit);
        } catch (Refused refused) {
            boolean ofHost = refused.refusal().reasons().stream()
                    .anyMatch(each -> each.text().startsWith("Host "));
            throw ofHost ? Refused.of("type", NO_ROOM) : refused;
        }
    }

    @POST
    @Path("migrate")
    public Map<String, Object> migrate(@PathParam("id") long id, LinodeWishes.@Nullable Migrate body) {
        own.facts(id);
        Optional<String> type = Optional.empty();
        if (body != null) {
            LinodeChecks checks = new LinodeChecks(drafts.catalogue());
            checks.notOffered(body.region().isPresent(), "region")
                    .notOffered(body.upgrade().orElse(false), "upgrade");
            checks.end();
            type = body.type();
        }
        return send(new PlanMove(
                new LinodeId(id),
                Optional.empty(),
                mode(type),
                new MigrationId(ids.next("migration")),
                "asked for by its owner",
                MAX_PAUSE_MILLIS));
    }

    static Mode mode(Optional<String> type) {
        return switch (type.orElse("live")) {
            case "live", "warm" -> Mode.live;
            case "cold" -> Mode.cold;
            default -> throw Refused.of("type", "type must be live, warm or cold");
        };
    }

    /** What the real API has beside these; refused by name until it is here. */
    @POST
    @Path("{action:clone|mutate|rescue|password}")
    public Map<String, Object> later(@PathParam("id") long id, @PathParam("action") String action) {
        own.facts(id);
        return Optional.<Map<String, Object>>empty()
                .orElseThrow(() -> Refused.of("The action " + action + " is not offered yet."));
    }

    private Map<String, Object> send(Command command) {
        call.send(List.of(command));
        return Map.of();
    }
}
