package lpm.scheduler.linode;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lpm.contracts.BlockDevice;
import lpm.contracts.HostId;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;
import lpm.platform.Ids;
import lpm.platform.Query;
import lpm.platform.rest.Call;
import lpm.platform.rest.Page;
import lpm.platform.rest.Refused;
import lpm.platform.rest.Scopes;
import lpm.scheduler.placement.PlanMove;
import org.jspecify.annotations.Nullable;

/** Linodes of all accounts, as operators see them, with where they are. */
@Path("/ops/v1/linodes")
public final class OpsLinodesResource {
    private static final String HOST_ID = "[a-z0-9][a-z0-9-]{0,62}";

    private final Call call;
    private final Ids ids;

    public OpsLinodesResource(Call call, Ids ids) {
        this.call = call;
        this.ids = ids;
    }

    /** What operators see beside what the customer sees. */
    public record Placement(
            long account,
            @Nullable String host,
            @Nullable Long hostEpoch,
            long ownerEpoch,
            boolean running,
            boolean busy,
            @Nullable Long migration,
            List<BlockDevice> devices) {
        static Placement of(LinodeFacts facts) {
            return new Placement(
                    facts.account(),
                    facts.host(),
                    facts.hostEpoch(),
                    facts.ownerEpoch(),
                    facts.running(),
                    facts.busy(),
                    facts.migration() == null ? null : facts.migration().value(),
                    facts.devices());
        }
    }

    /** Both. */
    public record OpsLinode(
            @JsonUnwrapped LinodeJson linode, @JsonUnwrapped Placement placement) {}

    /** A row of the list. */
    public record Line(
            long id,
            String label,
            String status,
            String type,
            String region,
            long account,
            @Nullable String host,
            boolean running,
            boolean busy) {}

    @GET
    @Scopes("ops_hosts:read_only")
    public Page<Line> list() {
        return call.page(LinodeView.LINODES, Query.all().orderBy("id", false), Line.class);
    }

    @GET
    @Path("{id}")
    @Scopes("ops_hosts:read_only")
    public OpsLinode get(@PathParam("id") long id) {
        String row = String.valueOf(id);
        return new OpsLinode(
                call.row(LinodeView.LINODES, row, LinodeJson.class),
                Placement.of(call.row(LinodeView.LINODES, row, LinodeFacts.class)));
    }

    @POST
    @Path("{id}/migrate")
    @Scopes("ops_hosts:read_write")
    public Response migrate(@PathParam("id") long id, LinodeWishes.@Nullable OpsMigrate body) {
        get(id);
        Optional<HostId> target =
                body == null ? Optional.empty() : body.targetHost().map(OpsLinodesResource::host);
        MigrationId migration = new MigrationId(ids.next("migration"));
        call.send(List.of(new PlanMove(
                new LinodeId(id),
                target,
                LinodeActionsResource.mode(body == null ? Optional.empty() : body.type()),
                migration,
                "asked for by an operator",
                body == null
                        ? LinodeActionsResource.MAX_PAUSE_MILLIS
                        : body.maxPauseMillis().orElse(LinodeActionsResource.MAX_PAUSE_MILLIS))));
        return Response.accepted(Map.of("migration", migration.value())).build();
    }

    private static HostId host(String name) {
        if (!name.matches(HOST_ID)) {
            throw Refused.of("target_host", "target_host is not valid");
        }
        return new HostId(name);
    }
}
