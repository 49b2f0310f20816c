package lpm.systemtests.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import lpm.contracts.AccountId;
import lpm.contracts.DiskId;
import lpm.contracts.DiskSpec;
import lpm.contracts.HostId;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;
import lpm.contracts.Resources;
import lpm.contracts.migration.MigrationCommand.Mode;
import lpm.contracts.scheduler.ConfigProfile;
import lpm.contracts.scheduler.LinodeDetails;
import lpm.contracts.scheduler.LinodeSizing;
import lpm.platform.Commands.Outcome;
import lpm.scheduler.address.AddressCommand.AssignAddress;
import lpm.scheduler.linode.LinodeCommand;
import lpm.scheduler.linode.LinodeState;
import lpm.scheduler.placement.PlanMove;
import lpm.scheduler.tenant.TenantCommand.TakeLabel;

/** What a customer asks of the scheduler, as the API's resources would put it. */
public final class Customer {
    private static final LinodeSizing NANODE = new LinodeSizing("g6-nanode-1", new Resources(1, 1_024), 25_600, 1_000);
    private static final int QUOTA = 100;
    private static final long MAX_PAUSE_MILLIS = 10_000;
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Cell cell;
    private final AccountId account;

    public Customer(Cell cell, long account) {
        this.cell = cell;
        this.account = new AccountId(account);
    }

    /** Orders a Linode with one disk and boots it. */
    public LinodeId create(String label) {
        return create(label, false);
    }

    /** The same; the disk lets its owner in. */
    public LinodeId createWithLogin(String label) {
        return create(label, true);
    }

    private LinodeId create(String label, boolean login) {
        LinodeId id = new LinodeId(cell.nextId("linode"));
        DiskId number = new DiskId(cell.nextId("disk"));
        Optional<String> secret = login ? Optional.of(Logins.ref(number)) : Optional.empty();
        DiskSpec disk = new DiskSpec(number, "Debian 12 Disk", 25_600, "ext4", Optional.of("linode/debian12"), secret);
        String address = "198.18.0." + id;
        String mac = "f2:3c:00:00:00:%02x".formatted(id.value());
        accepted(cell.service("scheduler")
                .ask(
                        List.of(
                                new TakeLabel(account, id, label, QUOTA),
                                new AssignAddress(address, Cell.REGION, id),
                                new LinodeCommand.CreateLinode(
                                        id,
                                        account,
                                        Cell.REGION,
                                        new LinodeDetails(label, "", List.of(), true, "linode/migrate"),
                                        NANODE,
                                        Optional.of("linode/debian12"),
                                        List.of(disk),
                                        Optional.of(new ConfigProfile(
                                                cell.nextId("config"), "My profile", "linode/grub2", "/dev/sda")),
                                        true,
                                        mac,
                                        List.of(address),
                                        "2001:db8::" + id,
                                        secret)),
                        rows -> {
                            if (login) {
                                cell.logins().keep(id, number, rows);
                            }
                        }));
        return id;
    }

    /** Orders a Linode and waits until it runs. */
    public LinodeId createRunning(String label) {
        LinodeId id = create(label);
        cell.await("Linode " + id + " running", LIMIT, () -> isRunning(id));
        return id;
    }

    /** Asks for a live move to whichever host is best. */
    public Outcome move(LinodeId linode) {
        return cell.service("scheduler")
                .ask(new PlanMove(
                        linode,
                        Optional.empty(),
                        Mode.live,
                        new MigrationId(cell.nextId("migration")),
                        "a test",
                        MAX_PAUSE_MILLIS));
    }

    /** Deletes a Linode. */
    public void delete(LinodeId linode) {
        accepted(cell.service("scheduler").ask(new LinodeCommand.Delete(linode)));
    }

    /** Whether the scheduler believes that it runs and has nothing to do. */
    public boolean isRunning(LinodeId linode) {
        return placed(linode)
                .filter(it -> it.running() && it.job() instanceof lpm.scheduler.linode.LinodeJob.Idle)
                .isPresent();
    }

    /** The host it belongs to. */
    public Optional<HostId> hostOf(LinodeId linode) {
        return placed(linode).map(it -> it.at().host());
    }

    /** The Linode as placed, if it is. */
    public Optional<LinodeState.Placed> placed(LinodeId linode) {
        return cell.service("scheduler")
                .state(linode.aggregateId(), LinodeState.class)
                .filter(LinodeState.Placed.class::isInstance)
                .map(LinodeState.Placed.class::cast);
    }

    private static void accepted(Outcome outcome) {
        if (outcome instanceof Outcome.Rejected(var refusal)) {
            throw new IllegalStateException("expected to be accepted, was refused: " + refusal);
        }
    }
}
