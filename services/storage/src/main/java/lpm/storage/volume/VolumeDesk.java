package lpm.storage.volume;

import jakarta.enterprise.context.RequestScoped;
import java.util.List;
import java.util.Optional;
import lpm.contracts.BlockDevice;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.PoolId;
import lpm.contracts.Region;
import lpm.contracts.VolumeId;
import lpm.platform.Ids;
import lpm.platform.Lookup;
import lpm.platform.rest.Call;
import lpm.platform.rest.Caller;
import lpm.platform.rest.Refused;
import lpm.storage.known.KnownLinodes;
import lpm.storage.pool.Pools;
import lpm.storage.tenant.TenantCommand;

/** Turns checked requests into units of commands: looks up whose things they name and who can do the work. */
@RequestScoped
public class VolumeDesk {
    private static final String NO_HOST = "No host of the region can be reached. Please try again later.";

    private final Call call;
    private final Lookup rows;
    private final Ids ids;
    private final Pools pools;

    public VolumeDesk(Call call, Lookup rows, Ids ids, Pools pools) {
        this.call = call;
        this.rows = rows;
        this.ids = ids;
        this.pools = pools;
    }

    VolumeRow create(VolumeBodyJson.Create body) {
        long size = body.size().orElse(VolumeRules.DEFAULT_SIZE_GB);
        new VolumeRules().label(body.label()).size(size).tags(body.tags()).check();
        Optional<KnownLinodes.Row> linode = body.linodeId().map(this::linode);
        Region region = region(body.region(), linode);
        PoolId pool = pools.choose(region, size)
                .orElseThrow(() -> Refused.of("size", "The region has no room for a volume of this size"));
        return make(
                body.label().orElse(""),
                region,
                size,
                pool,
                body.tags().orElse(List.of()),
                Optional.empty(),
                linode.map(row -> LinodeId.of(row.linode())));
    }

    VolumeRow copy(VolumeRow source, VolumeBodyJson.Clone body) {
        new VolumeRules().label(body.label()).check();
        if (!source.status().equals("active")) {
            throw Refused.of(VolumeDecider.NOT_ACTIVE);
        }
        PoolId pool = PoolId.of(source.pool());
        BlockDevice bytes = new BlockDevice(
                "", BlockDevice.Kind.volume, source.id(), pool, source.size() * VolumeState.MIB_PER_GIB);
        return make(
                body.label().orElse(""),
                Region.of(source.region()),
                source.size(),
                pool,
                source.tags(),
                Optional.of(bytes),
                Optional.empty());
    }

    private VolumeRow make(
            String label,
            Region region,
            long size,
            PoolId pool,
            List<String> tags,
            Optional<BlockDevice> cloneOf,
            Optional<LinodeId> attachTo) {
        VolumeId volume = VolumeId.of(ids.next("volume"));
        Caller caller = call.caller();
        call.send(List.of(
                new TenantCommand.TakeLabel(
                        caller.account(),
                        volume,
                        label,
                        size,
                        caller.limits().volumes(),
                        caller.limits().volumeGib()),
                new VolumeCommand.Create(
                        volume,
                        caller.account(),
                        label,
                        region,
                        size,
                        pool,
                        worker(region, pool, volume),
                        tags,
                        cloneOf,
                        attachTo)));
        return row(volume.value());
    }

    VolumeRow update(VolumeRow row, VolumeBodyJson.Update body) {
        VolumeRules rules = new VolumeRules().tags(body.tags());
        (body.label().isPresent() ? rules.label(body.label()) : rules).check();
        VolumeId volume = VolumeId.of(row.id());
        VolumeCommand.Update update = new VolumeCommand.Update(volume, call.account(), body.label(), body.tags());
        call.send(
                body.label().isPresent()
                        ? List.of(
                                new TenantCommand.ChangeLabel(
                                        call.account(), volume, body.label().get()),
                                update)
                        : List.of(update));
        return row(row.id());
    }

    void delete(VolumeRow row) {
        VolumeId volume = VolumeId.of(row.id());
        call.send(List.of(new VolumeCommand.Delete(volume, call.account(), worker(row))));
    }

    VolumeRow attach(VolumeRow row, VolumeBodyJson.Attach body) {
        long id = body.linodeId().orElseThrow(() -> Refused.of("linode_id", "linode_id is required"));
        KnownLinodes.Row linode = linode(id);
        if (!linode.region().equals(row.region())) {
            throw Refused.of("linode_id", "Volume and Linode must be in the same region.");
        }
        call.send(List.of(new VolumeCommand.Attach(
                VolumeId.of(row.id()),
                call.account(),
                LinodeId.of(id),
                body.persistAcrossBoots().orElse(true))));
        return row(row.id());
    }

    void detach(VolumeRow row) {
        call.send(List.of(new VolumeCommand.Detach(VolumeId.of(row.id()), call.account())));
    }

    VolumeRow resize(VolumeRow row, VolumeBodyJson.Resize body) {
        long size = body.size().orElseThrow(() -> Refused.of("size", "size is required"));
        new VolumeRules().size(size).check();
        VolumeId volume = VolumeId.of(row.id());
        call.send(List.of(
                new VolumeCommand.Resize(volume, call.account(), size, worker(row)),
                new TenantCommand.TakeRoom(
                        call.account(), volume, size, call.caller().limits().volumeGib())));
        return row(row.id());
    }

    /** The caller's own volume, or 404. */
    VolumeRow row(long id) {
        VolumeRow row = call.row(VolumeView.TABLE, String.valueOf(id), VolumeRow.class);
        if (row.account() != call.account().value() || row.status().equals(VolumeView.DELETING)) {
            throw Refused.notFound();
        }
        return row;
    }

    VolumeJson json(VolumeRow row) {
        Optional<String> label = row.linodeId()
                .flatMap(id -> rows.get(KnownLinodes.TABLE, String.valueOf(id), KnownLinodes.Row.class))
                .map(KnownLinodes.Row::label);
        return VolumeJson.of(row, label);
    }

    private KnownLinodes.Row linode(long id) {
        KnownLinodes.Row row = call.foreignRow(KnownLinodes.TABLE, String.valueOf(id), KnownLinodes.Row.class);
        if (row.account() != call.account().value() || row.deleting()) {
            throw Refused.notFound();
        }
        return row;
    }

    private Region region(Optional<String> asked, Optional<KnownLinodes.Row> linode) {
        Region region = asked.or(() -> linode.map(KnownLinodes.Row::region))
                .map(Region::of)
                .orElseThrow(() -> Refused.of("region", "Must provide a region or a Linode ID"));
        if (!pools.serves(region)) {
            throw Refused.of("region", "region is not valid");
        }
        if (linode.filter(row -> !row.region().equals(region.value())).isPresent()) {
            throw Refused.of("linode_id", "Volume and Linode must be in the same region.");
        }
        return region;
    }

    private HostRef worker(VolumeRow row) {
        return worker(Region.of(row.region()), PoolId.of(row.pool()), VolumeId.of(row.id()));
    }

    private HostRef worker(Region region, PoolId pool, VolumeId volume) {
        return Pools.worker(region, pool, volume.value(), rows).orElseThrow(() -> Refused.of(NO_HOST));
    }
}
