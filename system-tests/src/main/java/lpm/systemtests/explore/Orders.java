package lpm.systemtests.explore;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lpm.account.access.TokenCommand;
import lpm.contracts.Command;
import lpm.contracts.DiskId;
import lpm.contracts.DiskSpec;
import lpm.contracts.LinodeId;
import lpm.contracts.Resources;
import lpm.contracts.UserId;
import lpm.contracts.account.TokenEvent.Audience;
import lpm.contracts.scheduler.ConfigProfile;
import lpm.contracts.scheduler.LinodeDetails;
import lpm.contracts.scheduler.LinodeSizing;
import lpm.scheduler.address.AddressCommand.AssignAddress;
import lpm.scheduler.host.FleetHostCommand;
import lpm.scheduler.linode.LinodeCommand;
import lpm.scheduler.tenant.TenantCommand;
import lpm.systemtests.simulation.Cell;
import lpm.systemtests.simulation.Logins;

/** Orders that need more than an id. */
final class Orders {
    private static final int QUOTA = 100;
    private static final String IMAGE = "linode/debian12";
    private static final Instant FAR_AWAY = Instant.parse("2100-01-01T00:00:00Z");
    private static final Map<String, LinodeSizing> TYPES = Map.of(
            "nanode", new LinodeSizing("g6-nanode-1", new Resources(1, 1_024), 25_600, 1_000),
            "small", new LinodeSizing("g6-standard-1", new Resources(1, 2_048), 51_200, 2_000),
            "large", new LinodeSizing("g6-standard-2", new Resources(2, 4_096), 81_920, 4_000),
            "huge", new LinodeSizing("g6-standard-6", new Resources(6, 9_216), 327_680, 8_000));

    private Orders() {}

    /** {@code create 1 [type [secret]]}: a Linode with one disk, booted; with a secret, the disk lets its owner in. */
    static void create(World world, List<String> words) {
        LinodeId id = Operations.linode(words);
        DiskId disk = new DiskId(id.value());
        boolean secret = words.contains("secret");
        String address = "198.18.0." + id;
        world.ask(
                Operations.SCHEDULER,
                List.of(
                        new TenantCommand.TakeLabel(Operations.ACCOUNT, id, "linode-" + id, QUOTA),
                        new AssignAddress(address, Cell.REGION, id),
                        linode(
                                id,
                                type(words),
                                disk,
                                secret ? Optional.of(Logins.ref(disk)) : Optional.empty(),
                                address)),
                rows -> {
                    if (secret) {
                        world.cell().logins().keep(id, disk, rows);
                    }
                });
    }

    private static LinodeCommand.CreateLinode linode(
            LinodeId id, LinodeSizing type, DiskId disk, Optional<String> secret, String address) {
        return new LinodeCommand.CreateLinode(
                id,
                Operations.ACCOUNT,
                Cell.REGION,
                new LinodeDetails("linode-" + id, "", List.of(), true, "linode/migrate"),
                type,
                Optional.of(IMAGE),
                List.of(new DiskSpec(disk, "Debian 12 Disk", type.diskMib(), "ext4", Optional.of(IMAGE), secret)),
                Optional.of(new ConfigProfile(id.value(), "My profile", "linode/grub2", "/dev/sda")),
                true,
                "f2:3c:00:00:00:%02x".formatted(id.value()),
                List.of(address),
                "2001:db8::" + id,
                secret);
    }

    private static LinodeSizing type(List<String> words) {
        String name = words.size() > 1 ? words.get(1) : "nanode";
        return Optional.ofNullable(TYPES.get(name))
                .orElseThrow(() -> new IllegalArgumentException("expected one of " + TYPES.keySet() + ", not " + name));
    }

    /** {@code resize 1 large}: room for a larger type is held in the same unit. */
    static void resize(World world, List<String> words) {
        LinodeSizing to = type(words);
        Operations.placed(world, Operations.linode(words)).ifPresent(placed -> {
            Resources from = placed.body().sizing().resources();
            List<Command> unit = new ArrayList<>();
            if (to.resources().memoryMib() >= from.memoryMib()) {
                unit.add(new FleetHostCommand.ResizeCapacity(
                        placed.at().host(), placed.body().id(), from, to.resources()));
            }
            unit.add(new LinodeCommand.Resize(placed.body().id(), placed.at(), to, true));
            world.ask(Operations.SCHEDULER, unit.toArray(Command[]::new));
        });
    }

    /** {@code issue-token 1}. */
    static void issueToken(World world, List<String> words) {
        world.ask(
                "account",
                new TokenCommand.IssueToken(
                        Operations.token(words),
                        Operations.ACCOUNT,
                        new UserId(1),
                        Audience.customer,
                        "hash-of-" + words.getFirst(),
                        List.of("*"),
                        FAR_AWAY));
    }
}
