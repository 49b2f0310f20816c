package lpm.storage.volume;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import java.util.Optional;
import lpm.platform.Query;
import lpm.platform.Query.Condition;
import lpm.platform.Query.Operator;
import lpm.platform.rest.Call;
import lpm.platform.rest.Page;
import lpm.platform.rest.Public;
import lpm.platform.rest.Refused;
import lpm.platform.rest.Scopes;
import org.jspecify.annotations.Nullable;

/** Volumes of the caller's account. */
@Path("/v4/volumes")
@RunOnVirtualThread
public final class VolumeResource {
    private static final String ID = "/{id: [0-9]{1,18}}";

    private final Call call;
    private final VolumeDesk desk;

    public VolumeResource(Call call, VolumeDesk desk) {
        this.call = call;
        this.desk = desk;
    }

    @GET
    @Scopes("volumes:read_only")
    public Page<VolumeJson> list() {
        Query own = Query.where("account", call.account().value())
                .and(new Condition.Compare("status", Operator.notEqual, Optional.of(VolumeView.DELETING)))
                .orderBy("id", false);
        return call.page(VolumeView.TABLE, own, VolumeRow.class).map(desk::json);
    }

    @GET
    @Path("/types")
    @Public
    public Page<VolumeBodyJson.Type> types() {
        return Page.single(List.of(VolumeBodyJson.TYPE));
    }

    @GET
    @Path(ID)
    @Scopes("volumes:read_only")
    public VolumeJson get(@PathParam("id") long id) {
        return desk.json(desk.row(id));
    }

    @POST
    @Scopes("volumes:read_write")
    public VolumeJson create(VolumeBodyJson.@Nullable Create body) {
        return desk.json(desk.create(given(body)));
    }

    @PUT
    @Path(ID)
    @Scopes("volumes:read_write")
    public VolumeJson update(@PathParam("id") long id, VolumeBodyJson.@Nullable Update body) {
        return desk.json(desk.update(desk.row(id), given(body)));
    }

    @DELETE
    @Path(ID)
    @Scopes("volumes:read_write")
    public VolumeBodyJson.Done delete(@PathParam("id") long id) {
        desk.delete(desk.row(id));
        return new VolumeBodyJson.Done();
    }

    @POST
    @Path(ID + "/attach")
    @Scopes({"volumes:read_write", "linodes:read_write"})
    public VolumeJson attach(@PathParam("id") long id, VolumeBodyJson.@Nullable Attach body) {
        return desk.json(desk.attach(desk.row(id), given(body)));
    }

    @POST
    @Path(ID + "/detach")
    @Scopes({"volumes:read_write", "linodes:read_write"})
    public VolumeBodyJson.Done detach(@PathParam("id") long id) {
        desk.detach(desk.row(id));
        return new VolumeBodyJson.Done();
    }

    @POST
    @Path(ID + "/resize")
    @Scopes("volumes:read_write")
    public VolumeJson resize(@PathParam("id") long id, VolumeBodyJson.@Nullable Resize body) {
        return desk.json(desk.resize(desk.row(id), given(body)));
    }

    @POST
    @Path(ID + "/clone")
    @Scopes("volumes:read_write")
    public VolumeJson copy(@PathParam("id") long id, VolumeBodyJson.@Nullable Clone body) {
        return desk.json(desk.copy(desk.row(id), given(body)));
    }

    private static <T> T given(@Nullable T body) {
        if (body == null) {
            throw Refused.of("A JSON body is required");
        }
        return body;
    }
}
