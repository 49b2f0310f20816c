package lpm.platform.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import lpm.platform.projection.Projections;
import lpm.platform.projection.Projections.Projection;
import lpm.platform.projection.Projections.State;
import lpm.platform.projection.Rebuilt;
import org.jspecify.annotations.Nullable;

/** This service's views and their rebuilding from the log, below its own name. */
@Path("/ops/v1/projections")
public final class ProjectionsResource {
    private final Projections projections;

    public ProjectionsResource(Projections projections) {
        this.projections = projections;
    }

    /**
     * One view as operators see it.
     *
     * @param state idle, rebuilding, done or failed, as far as this process knows
     */
    public record ProjectionJson(
            String service,
            String name,
            List<String> tables,
            long rows,
            String state,
            @Nullable Rebuilt rebuilt,
            @Nullable String failure) {
        static ProjectionJson of(String service, Projection it) {
            Rebuilt rebuilt = it.state() instanceof State.Done done ? done.result() : null;
            String failure = it.state() instanceof State.Failed failed ? failed.why() : null;
            return new ProjectionJson(service, it.name(), it.tables(), it.rows(), word(it.state()), rebuilt, failure);
        }

        private static String word(State state) {
            return switch (state) {
                case State.Idle _ -> "idle";
                case State.Rebuilding _ -> "rebuilding";
                case State.Done _ -> "done";
                case State.Failed _ -> "failed";
            };
        }
    }

    @GET
    @Path("{service}")
    @Scopes("ops_events:read_only")
    public Page<ProjectionJson> list(@PathParam("service") String service) {
        return Page.single(projections.list().stream()
                .map(each -> ProjectionJson.of(service, each))
                .toList());
    }

    @GET
    @Path("{service}/{name}")
    @Scopes("ops_events:read_only")
    public ProjectionJson get(@PathParam("service") String service, @PathParam("name") String name) {
        return ProjectionJson.of(service, projections.find(name).orElseThrow(Refused::notFound));
    }

    /** Begins; ask for the projection until it is no longer {@code rebuilding}. */
    @POST
    @Path("{service}/{name}/rebuild")
    @Scopes("ops_events:read_write")
    public ProjectionJson rebuild(@PathParam("service") String service, @PathParam("name") String name) {
        Projection known = projections.find(name).orElseThrow(Refused::notFound);
        if (!projections.begin(known.name())) {
            throw Refused.of("The projection is being rebuilt");
        }
        return get(service, name);
    }
}
