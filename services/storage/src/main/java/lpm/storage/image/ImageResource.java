package lpm.storage.image;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import lpm.platform.rest.Call;
import lpm.platform.rest.Page;
import lpm.platform.rest.Public;
import lpm.platform.rest.Refused;

/** The public images; they answer without a token. */
@Path("/v4/images")
@RunOnVirtualThread
public final class ImageResource {
    private final Call call;
    private final Images images;

    public ImageResource(Call call, Images images) {
        this.call = call;
        this.images = images;
    }

    @GET
    @Public
    public Page<ImageJson> list() {
        return call.paging().read(images.all().size(), (limit, offset) -> images.all().stream()
                .skip(offset)
                .limit(limit)
                .toList());
    }

    /** An id may come with its slash as it is or encoded. */
    @GET
    @Path("/{id: .+}")
    @Public
    public ImageJson get(@PathParam("id") String id) {
        return images.find(id.replace("%2F", "/")).orElseThrow(Refused::notFound);
    }
}
