package lpm.scheduler.linode;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lpm.contracts.LinodeId;
import lpm.platform.Query;
import lpm.platform.rest.Call;
import lpm.platform.rest.Page;
import lpm.platform.rest.Refused;
import lpm.platform.rest.Scopes;
import lpm.scheduler.address.AddressPool;
import org.jspecify.annotations.Nullable;

/** What belongs to one Linode: configs, addresses, volumes, and what is not measured yet. */
@Path("/v4/linode/instances/{id}")
@Scopes("linodes:read_only")
public final class LinodePartsResource {
    private final Call call;
    private final OwnLinodes own;

    public LinodePartsResource(Call call, OwnLinodes own) {
        this.call = call;
        this.own = own;
    }

    @GET
    @Path("configs")
    public Page<LinodeJson.Config> configs(@PathParam("id") long id) {
        own.facts(id);
        return call.page(LinodeView.CONFIGS, Query.where("linode", id).orderBy("id", false), LinodeJson.Config.class);
    }

    @GET
    @Path("configs/{config}")
    public LinodeJson.Config config(@PathParam("id") long id, @PathParam("config") long config) {
        own.facts(id);
        String row = String.valueOf(config);
        if (call.row(LinodeView.CONFIGS, row, LinodeView.Owner.class).linode() != id) {
            throw Refused.notFound();
        }
        return call.row(LinodeView.CONFIGS, row, LinodeJson.Config.class);
    }

    @GET
    @Path("volumes")
    public Page<Map<String, @Nullable Object>> volumes(@PathParam("id") long id) {
        LinodeJson linode = shown(id);
        Query here = Query.where("linode_id", id)
                .and("account", call.account().value())
                .orderBy("id", false);
        return call.page(KnownVolumes.VOLUMES, here, KnownVolumes.Row.class).map(row -> volume(row, linode));
    }

    private static Map<String, @Nullable Object> volume(KnownVolumes.Row row, LinodeJson linode) {
        Map<String, @Nullable Object> volume = new LinkedHashMap<>();
        volume.put("id", row.id());
        volume.put("status", row.status());
        volume.put("label", row.label());
        volume.put("created", row.created());
        volume.put("updated", row.updated());
        volume.put("filesystem_path", "/dev/disk/by-id/scsi-0Linode_Volume_" + row.label());
        volume.put("size", row.size());
        volume.put("linode_id", linode.id());
        volume.put("linode_label", linode.label());
        volume.put("io_ready", row.status().equals("active"));
        volume.put("region", row.region());
        volume.put("tags", row.tags());
        volume.put("hardware_type", "hdd");
        volume.put("encryption", "disabled");
        volume.put("locks", List.of());
        return volume;
    }

    @GET
    @Path("ips")
    public Map<String, Object> ips(@PathParam("id") long id) {
        LinodeJson linode = shown(id);
        List<Map<String, @Nullable Object>> all =
                linode.ipv4().stream().map(ip -> ipv4(ip, linode)).toList();
        Map<String, Object> v4 = new LinkedHashMap<>();
        v4.put("public", all);
        List.of("private", "shared", "reserved", "vpc").forEach(each -> v4.put(each, List.of()));
        Map<String, Object> v6 = new LinkedHashMap<>();
        Optional.ofNullable(linode.ipv6()).ifPresent(ip -> v6.put("slaac", ipv6(ip.replace("/128", ""), linode)));
        v6.put("link_local", ipv6(AddressPool.linkLocal(new LinodeId(id)), linode));
        List.of("global", "vpc").forEach(each -> v6.put(each, List.of()));
        return Map.of("ipv4", v4, "ipv6", v6);
    }

    private static Map<String, @Nullable Object> ipv4(String ip, LinodeJson linode) {
        return address(ip, AddressPool.gateway(ip), "255.255.128.0", 17, "ipv4", linode);
    }

    private static Map<String, @Nullable Object> ipv6(String ip, LinodeJson linode) {
        return address(ip, "fe80::1", "ffff:ffff:ffff:ffff::", 64, "ipv6", linode);
    }

    private static Map<String, @Nullable Object> address(
            String ip, String gateway, String mask, int prefix, String type, LinodeJson linode) {
        Map<String, @Nullable Object> address = new LinkedHashMap<>();
        address.put("address", ip);
        address.put("gateway", gateway);
        address.put("subnet_mask", mask);
        address.put("prefix", prefix);
        address.put("type", type);
        address.put("public", !ip.startsWith("fe80:"));
        address.put("rdns", null);
        address.put("linode_id", linode.id());
        address.put("interface_id", null);
        address.put("region", linode.region());
        address.put("vpc_nat_1_1", null);
        address.put("reserved", false);
        return address;
    }

    @GET
    @Path("transfer")
    public Map<String, Object> transfer(@PathParam("id") long id) {
        int quota = own.facts(id).sizing().transferGib();
        return Map.of("used", 0, "quota", quota, "billable", 0);
    }

    @GET
    @Path("backups")
    public Map<String, @Nullable Object> backups(@PathParam("id") long id) {
        own.facts(id);
        Map<String, @Nullable Object> snapshot = new LinkedHashMap<>();
        snapshot.put("current", null);
        snapshot.put("in_progress", null);
        return Map.of("automatic", List.of(), "snapshot", Collections.unmodifiableMap(snapshot));
    }

    @GET
    @Path("{none:firewalls|nodebalancers}")
    public Page<String> nothing(@PathParam("id") long id) {
        own.facts(id);
        return Page.single(List.of());
    }

    /** Nothing is measured for customers yet; the real API says the same of a new Linode. */
    @GET
    @Path("stats")
    public Map<String, Object> stats(@PathParam("id") long id) {
        own.facts(id);
        return Optional.<Map<String, Object>>empty()
                .orElseThrow(() -> Refused.of("Stats are unavailable at this time."));
    }

    private LinodeJson shown(long id) {
        own.facts(id);
        return own.shown(id);
    }
}
