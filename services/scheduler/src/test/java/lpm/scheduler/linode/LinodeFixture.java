package lpm.scheduler.linode;

import java.util.List;
import java.util.Optional;
import lpm.contracts.AccountId;
import lpm.contracts.BlockDevice;
import lpm.contracts.DiskId;
import lpm.contracts.DiskSpec;
import lpm.contracts.HostId;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;
import lpm.contracts.PoolId;
import lpm.contracts.Region;
import lpm.contracts.Resources;
import lpm.contracts.VolumeId;
import lpm.contracts.host.DomainSeen;
import lpm.contracts.migration.MigrationCommand.Mode;
import lpm.contracts.scheduler.ConfigProfile;
import lpm.contracts.scheduler.LinodeDetails;
import lpm.contracts.scheduler.LinodeEvent;
import lpm.contracts.scheduler.LinodeSizing;
import lpm.platform.Decision;
import lpm.scheduler.linode.LinodeCommand.*;
import lpm.scheduler.linode.LinodeState.Placed;

/** A Linode that tests talk to as others do: commands in, events remembered. */
final class LinodeFixture {
    static final LinodeId ID = new LinodeId(7);
    static final AccountId OWNER = new AccountId(3);
    static final HostRef H1 = at("h1", 1);
    static final HostRef H2 = at("h2", 1);
    static final HostRef H3 = at("h3", 1);
    static final MigrationId MOVE = new MigrationId(90);
    static final VolumeId VOLUME = new VolumeId(40);
    static final PoolId POOL = new PoolId("p1");
    static final LinodeSizing NANODE = new LinodeSizing("g6-nanode-1", new Resources(1, 1024), 25600, 1000);
    static final LinodeSizing STANDARD = new LinodeSizing("g6-standard-1", new Resources(1, 2048), 51200, 2000);
    static final DiskSpec ROOT = new DiskSpec(
            new DiskId(11), "Debian 12 Disk", 25088, "ext4", Optional.of("linode/debian12"), Optional.empty());
    static final DiskSpec SWAP =
            new DiskSpec(new DiskId(12), "512 MB Swap Image", 512, "swap", Optional.empty(), Optional.empty());
    static final BlockDevice ROOT_BYTES = new BlockDevice("", BlockDevice.Kind.disk, 11, POOL, 25088);
    static final BlockDevice SWAP_BYTES = new BlockDevice("", BlockDevice.Kind.disk, 12, POOL, 512);
    static final BlockDevice VOLUME_BYTES = new BlockDevice("", BlockDevice.Kind.volume, 40, POOL, 10240);

    private final LinodeDecider decider = new LinodeDecider();
    private LinodeState state = decider.initial();

    static HostRef at(String host, long epoch) {
        return new HostRef(new HostId(host), epoch);
    }

    static CreateLinode create(boolean booted) {
        return new CreateLinode(
                ID,
                OWNER,
                new Region("us-east"),
                new LinodeDetails("web", "", List.of(), true, "linode/migrate"),
                NANODE,
                Optional.of("linode/debian12"),
                List.of(ROOT, SWAP),
                Optional.of(new ConfigProfile(5, "My web Disk Profile", "linode/grub2", "/dev/sda")),
                booted,
                "f2:3c:00:00:00:07",
                List.of("198.18.0.2"),
                "2001:db8:1::f03c:ff:fe00:7/128",
                Optional.empty());
    }

    static LinodeFixture ordered() {
        return new LinodeFixture().given(create(true));
    }

    static LinodeFixture offline() {
        return new LinodeFixture()
                .given(create(false))
                .given(new AssignHost(ID, H1, "7-1"))
                .given(new NoteDisksProvisioned(ID, List.of(ROOT_BYTES, SWAP_BYTES)));
    }

    static LinodeFixture running() {
        LinodeFixture linode = ordered()
                .given(new AssignHost(ID, H1, "7-1"))
                .given(new NoteDisksProvisioned(ID, List.of(ROOT_BYTES, SWAP_BYTES)));
        return linode.given(new NoteBooted(ID, H1, 1, 1));
    }

    static LinodeFixture moving() {
        return running().given(move(Mode.live));
    }

    static RequestMove move(Mode mode) {
        return new RequestMove(ID, MOVE, H2, mode, "drain", 2000);
    }

    static NoteSeen seen(HostRef by, DomainSeen.State what, long epoch, long generation, boolean answered) {
        return new NoteSeen(ID, by, new DomainSeen(ID, what, false, epoch, generation, Optional.empty()), answered);
    }

    /** Does it; it must be accepted. */
    LinodeFixture given(LinodeCommand command) {
        when(command);
        return this;
    }

    /** Does it, and tells what happened. */
    List<LinodeEvent> when(LinodeCommand command) {
        return switch (decider.decide(command, state)) {
            case Decision.Accepted<LinodeEvent> it -> {
                for (LinodeEvent event : it.events()) {
                    state = decider.evolve(state, event);
                }
                yield it.events();
            }
            case Decision.Rejected<LinodeEvent> it ->
                throw new AssertionError(command + " was refused: " + it.refusal());
        };
    }

    /** The names of what happens. */
    List<String> happens(LinodeCommand command) {
        return when(command).stream()
                .map(each -> each.getClass().getSimpleName())
                .toList();
    }

    /** The reason for which it is refused. */
    String refusal(LinodeCommand command) {
        return switch (decider.decide(command, state)) {
            case Decision.Accepted<LinodeEvent> it -> throw new AssertionError(command + " was accepted: " + it);
            case Decision.Rejected<LinodeEvent> it ->
                it.refusal().reasons().getFirst().text();
        };
    }

    LinodeState state() {
        return state;
    }

    Placed placed() {
        return (Placed) state;
    }
}
