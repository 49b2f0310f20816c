package lpm.scheduler.linode;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lpm.contracts.AccountId;
import lpm.contracts.DiskId;
import lpm.contracts.DiskSpec;
import lpm.contracts.LinodeId;
import lpm.contracts.Region;
import lpm.contracts.scheduler.ConfigProfile;
import lpm.contracts.scheduler.LinodeDetails;
import lpm.contracts.scheduler.LinodeSizing;
import lpm.platform.Ids;
import lpm.platform.Rows;
import lpm.scheduler.address.AddressPool;
import lpm.scheduler.catalogue.Catalogue;
import lpm.scheduler.catalogue.CatalogueJson.Image;
import lpm.scheduler.linode.LinodeCommand.CreateLinode;
import lpm.scheduler.linode.LinodeCommand.Rebuild;

/** Makes checked commands of customers' wishes: ids, labels, disks and the configuration profile. */
@Singleton
public final class LinodeDrafts {
    static final String DEFAULT_POLICY = "linode/migrate";

    private final Catalogue catalogue;
    private final Ids ids;
    private final Secrets secrets;

    public LinodeDrafts(Catalogue catalogue, Ids ids, Secrets secrets) {
        this.catalogue = catalogue;
        this.ids = ids;
        this.secrets = secrets;
    }

    Catalogue catalogue() {
        return catalogue;
    }

    /** What was drafted, and the secret that goes with it. */
    record Drafted<T>(T what, Optional<Secrets.Row> secret) {
        /** Keeps the secret; for the transaction that accepts the command. */
        void keep(Rows rows) {
            secret.ifPresent(each -> rows.put(Secrets.TABLE, each.ref(), each));
        }
    }

    /** The command for a new Linode, without its address. */
    Drafted<CreateLinode> create(AccountId account, LinodeWishes.Create wish) {
        LinodeChecks checks = new LinodeChecks(catalogue);
        refuseOtherWishes(checks, wish);
        String region = checks.region(wish.region());
        Optional<LinodeSizing> sizing = checks.type(wish.type());
        Optional<Image> image = checks.image(wish.image());
        String kernel = checks.kernel(wish.kernel(), image);
        wish.label().ifPresent(checks::label);
        checks.tags(wish.tags().orElse(List.of()));
        checks.policy(wish.maintenancePolicy());
        long swapMib = image.isPresent() ? checks.swap(wish.swapSize(), sizing) : 0;
        if (wish.image().isPresent()) {
            checks.access(wish.rootPass(), wish.authorizedKeys(), wish.authorizedUsers());
        }
        checks.end();
        LinodeId id = new LinodeId(ids.next("linode"));
        String label = wish.label().orElse("linode" + id);
        Access access = new Access(wish.rootPass(), wish.authorizedKeys());
        Drafted<List<DiskSpec>> disks = image.map(
                        it -> disks(id, it, sizing.orElseThrow().diskMib(), swapMib, access))
                .orElse(new Drafted<>(List.of(), Optional.empty()));
        CreateLinode command = new CreateLinode(
                id,
                account,
                new Region(region),
                details(wish, label),
                sizing.orElseThrow(),
                image.map(Image::id),
                disks.what(),
                image.map(_ -> profile(label, kernel)),
                image.isPresent() && wish.booted().orElse(true),
                AddressPool.mac(id),
                List.of(),
                AddressPool.slaac(new Region(region), id),
                disks.secret().map(Secrets.Row::ref));
        return new Drafted<>(command, disks.secret());
    }

    private static void refuseOtherWishes(LinodeChecks checks, LinodeWishes.Create wish) {
        checks.notOffered(wish.backupsEnabled().orElse(false), "backups_enabled")
                .notOffered(wish.privateIp().orElse(false), "private_ip")
                .notOffered(wish.diskEncryption().filter("enabled"::equals).isPresent(), "disk_encryption")
                .notOffered(wish.interfaceGeneration().filter("linode"::equals).isPresent(), "interface_generation")
                .notOffered(wish.backupId().isPresent(), "backup_id")
                .notOffered(wish.stackscriptId().isPresent(), "stackscript_id")
                .notOffered(wish.firewallId().isPresent(), "firewall_id")
                .notOffered(!wish.interfaces().orElse(List.of()).isEmpty(), "interfaces")
                .notOffered(
                        wish.metadata()
                                .filter(each -> each.hasNonNull("user_data"))
                                .isPresent(),
                        "metadata")
                .notOffered(wish.placementGroup().filter(each -> !each.isNull()).isPresent(), "placement_group")
                .notOffered(!wish.ipv4().orElse(List.of()).isEmpty(), "ipv4");
    }

    private static LinodeDetails details(LinodeWishes.Create wish, String label) {
        return new LinodeDetails(
                label,
                wish.group().orElse(""),
                wish.tags().orElse(List.of()),
                wish.watchdogEnabled().orElse(true),
                wish.maintenancePolicy().orElse(DEFAULT_POLICY));
    }

    /** What its owner wants to get into a new disk with. */
    record Access(Optional<String> rootPass, Optional<List<String>> authorizedKeys) {}

    private Drafted<List<DiskSpec>> disks(LinodeId linode, Image image, long diskMib, long swapMib, Access access) {
        List<DiskSpec> disks = new ArrayList<>();
        Drafted<DiskSpec> root =
                disk(linode, image.label() + " Disk", diskMib - swapMib, "ext4", Optional.of(image), access);
        disks.add(root.what());
        if (swapMib > 0) {
            disks.add(disk(linode, swapMib + " MB Swap Image", swapMib, "swap", Optional.empty(), access)
                    .what());
        }
        return new Drafted<>(disks, root.secret());
    }

    /** A new disk; one with an image has a secret. */
    Drafted<DiskSpec> disk(
            LinodeId linode, String label, long sizeMib, String filesystem, Optional<Image> image, Access access) {
        DiskId disk = new DiskId(ids.next("disk"));
        Optional<Secrets.Row> secret = image.map(_ -> secrets.make(
                linode,
                disk,
                access.rootPass().orElse(""),
                access.authorizedKeys().orElse(List.of())));
        Optional<String> ref = secret.map(Secrets.Row::ref);
        return new Drafted<>(new DiskSpec(disk, label, sizeMib, filesystem, image.map(Image::id), ref), secret);
    }

    private ConfigProfile profile(String label, String kernel) {
        return new ConfigProfile(ids.next("config"), "My " + label + " Disk Profile", kernel, "/dev/sda");
    }

    /** The command for a rebuild. */
    Drafted<Rebuild> rebuild(LinodeFacts linode, LinodeWishes.Rebuild wish) {
        LinodeChecks checks = new LinodeChecks(catalogue);
        if (wish.image().isEmpty()) {
            checks.wrong("image", "image is required");
        }
        Optional<Image> image = checks.image(wish.image());
        checks.notOffered(wish.stackscriptId().isPresent(), "stackscript_id")
                .notOffered(
                        wish.type()
                                .filter(each -> !each.equals(linode.sizing().type()))
                                .isPresent(),
                        "type")
                .notOffered(
                        wish.metadata()
                                .filter(each -> each.hasNonNull("user_data"))
                                .isPresent(),
                        "metadata");
        checks.access(wish.rootPass(), wish.authorizedKeys(), wish.authorizedUsers());
        checks.end();
        LinodeId id = new LinodeId(linode.id());
        long diskMib = linode.sizing().diskMib();
        Drafted<List<DiskSpec>> disks = disks(
                id,
                image.orElseThrow(),
                diskMib,
                LinodeChecks.usualSwapMib(Optional.of(diskMib)),
                new Access(wish.rootPass(), wish.authorizedKeys()));
        Rebuild command = new Rebuild(
                id,
                image.orElseThrow().id(),
                disks.what(),
                profile(linode.details().label(), checks.kernel(Optional.empty(), image)),
                wish.booted().orElse(true),
                disks.secret().map(Secrets.Row::ref));
        return new Drafted<>(command, disks.secret());
    }
}
