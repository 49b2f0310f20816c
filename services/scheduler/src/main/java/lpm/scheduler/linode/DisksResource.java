package lpm.scheduler.linode;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lpm.contracts.DiskId;
import lpm.contracts.DiskSpec;
import lpm.contracts.LinodeId;
import lpm.contracts.scheduler.DiskChange;
import lpm.platform.Query;
import lpm.platform.rest.Call;
import lpm.platform.rest.Page;
import lpm.platform.rest.Refused;
import lpm.platform.rest.Scopes;
import lpm.scheduler.catalogue.CatalogueJson.Image;
import lpm.scheduler.linode.LinodeCommand.ChangeDisk;
import lpm.scheduler.linode.LinodeDrafts.Drafted;
import org.jspecify.annotations.Nullable;

/** The disks of one Linode; changed while it is off. */
@Path("/v4/linode/instances/{id}/disks")
public final class DisksResource {
    private final Call call;
    private final OwnLinodes own;
    private final LinodeDrafts drafts;

    public DisksResource(Call call, OwnLinodes own, LinodeDrafts drafts) {
        this.call = call;
        this.own = own;
        this.drafts = drafts;
    }

    @GET
    @Scopes("linodes:read_only")
    public Page<LinodeJson.Disk> list(@PathParam("id") long id) {
        own.facts(id);
        return call.page(LinodeView.DISKS, Query.where("linode", id).orderBy("id", false), LinodeJson.Disk.class);
    }

    @GET
    @Path("{disk}")
    @Scopes("linodes:read_only")
    public LinodeJson.Disk get(@PathParam("id") long id, @PathParam("disk") long disk) {
        own.facts(id);
        LinodeView.Owner owner = call.row(LinodeView.DISKS, String.valueOf(disk), LinodeView.Owner.class);
        if (owner.linode() != id) {
            throw Refused.notFound();
        }
        return call.row(LinodeView.DISKS, String.valueOf(disk), LinodeJson.Disk.class);
    }

    @POST
    @Scopes("linodes:read_write")
    public LinodeJson.Disk create(@PathParam("id") long id, LinodeWishes.@Nullable Disk body) {
        own.facts(id);
        if (body == null) {
            throw Refused.of("size", "size is required");
        }
        LinodeChecks checks = new LinodeChecks(drafts.catalogue());
        Optional<Image> image = checks.image(body.image());
        String filesystem = body.filesystem().orElse("ext4");
        size(checks, body.size());
        if (!LinodeChecks.FILESYSTEMS.contains(filesystem)) {
            checks.wrong("filesystem", "filesystem must be one of raw, swap, ext3, ext4, initrd");
        }
        String label = body.label().orElse(image.map(it -> it.label() + " Disk").orElse(""));
        checks.diskLabel(label);
        checks.notOffered(body.stackscriptId().isPresent(), "stackscript_id");
        if (body.image().isPresent()) {
            checks.access(body.rootPass(), body.authorizedKeys(), Optional.empty());
        }
        checks.end();
        Drafted<DiskSpec> disk = drafts.disk(
                new LinodeId(id),
                label,
                body.size().orElseThrow(),
                filesystem,
                image,
                new LinodeDrafts.Access(body.rootPass(), body.authorizedKeys()));
        call.send(List.of(new ChangeDisk(new LinodeId(id), DiskChange.add, disk.what())), disk::keep);
        return get(id, disk.what().disk().value());
    }

    @POST
    @Path("{disk}/resize")
    @Scopes("linodes:read_write")
    public Map<String, Object> resize(
            @PathParam("id") long id, @PathParam("disk") long disk, LinodeWishes.@Nullable DiskSize body) {
        get(id, disk);
        Optional<Long> wanted = body == null ? Optional.empty() : body.size();
        LinodeChecks checks = new LinodeChecks(drafts.catalogue());
        size(checks, wanted);
        checks.end();
        return change(id, disk, DiskChange.resize, wanted.orElseThrow());
    }

    @DELETE
    @Path("{disk}")
    @Scopes("linodes:read_write")
    public Map<String, Object> delete(@PathParam("id") long id, @PathParam("disk") long disk) {
        return change(id, disk, DiskChange.delete, get(id, disk).size());
    }

    private static void size(LinodeChecks checks, Optional<Long> size) {
        if (size.isEmpty()) {
            checks.wrong("size", "size is required");
        } else if (size.get() < 1) {
            checks.wrong("size", "size must be at least 1");
        }
    }

    private Map<String, Object> change(long id, long disk, DiskChange change, long sizeMib) {
        DiskSpec spec = new DiskSpec(new DiskId(disk), "", sizeMib, "raw", Optional.empty(), Optional.empty());
        call.send(List.of(new ChangeDisk(new LinodeId(id), change, spec)));
        return Map.of();
    }
}
