package lpm.migration.live;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import lpm.contracts.MigrationId;
import lpm.platform.Query;
import lpm.platform.rest.Call;
import lpm.platform.rest.Page;
import lpm.platform.rest.Refused;
import lpm.platform.rest.Scopes;

/** Migrations for operators. */
@Path("/ops/v1/migrations")
@RunOnVirtualThread
public final class MigrationResource {
    private final Call call;
    private final CopyWatcher copies;

    public MigrationResource(Call call, CopyWatcher copies) {
        this.call = call;
        this.copies = copies;
    }

    @GET
    @Scopes("ops_placement:read_only")
    public Page<MigrationJson> list() {
        return call.page(MigrationView.TABLE, Query.all().orderBy("id", true), MigrationRow.class)
                .map(this::json);
    }

    @GET
    @Path("/{id: [0-9]{1,18}}")
    @Scopes("ops_placement:read_only")
    public MigrationJson get(@PathParam("id") long id) {
        return json(row(id));
    }

    /** Asks to give up. Before the window that is at once; within it the source has the last word. */
    @POST
    @Path("/{id: [0-9]{1,18}}/cancel")
    @Scopes("ops_placement:read_write")
    public MigrationJson cancel(@PathParam("id") long id) {
        MigrationRow row = row(id);
        if (!row.open() || row.status().equals("committed")) {
            throw Refused.of("The migration cannot be cancelled any more");
        }
        call.sendSilently(List.of(new AttemptCommand.Cancel(MigrationId.of(id), "cancelled by an operator")));
        return json(row(id));
    }

    private MigrationRow row(long id) {
        return call.row(MigrationView.TABLE, String.valueOf(id), MigrationRow.class);
    }

    private MigrationJson json(MigrationRow row) {
        return MigrationJson.of(row, copies.progress(MigrationId.of(row.id())));
    }
}
