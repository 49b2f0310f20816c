package lpm.scheduler.linode;

import static lpm.scheduler.linode.LinodeFixture.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import lpm.contracts.BlockDevice;
import lpm.contracts.DiskId;
import lpm.contracts.DiskSpec;
import lpm.contracts.HostRef;
import lpm.contracts.MigrationId;
import lpm.contracts.host.DomainSeen;
import lpm.contracts.migration.MigrationCommand.Mode;
import lpm.contracts.scheduler.ConfigProfile;
import lpm.contracts.scheduler.DiskChange;
import lpm.contracts.scheduler.LinodeEvent;
import lpm.contracts.scheduler.LinodeEvent.*;
import lpm.platform.Decision;
import lpm.platform.json.Json;
import lpm.scheduler.linode.LinodeCommand.*;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is said in whatever order: no owner epoch for two hosts, and no host while another may still run it. */
class LinodePropertyTest {
    private static final int STEPS = 3_000;

    private final LinodeDecider decider = new LinodeDecider();
    private final Map<Long, HostRef> ownerOfEpoch = new HashMap<>();
    private final Set<Long> issuedByLoss = new HashSet<>();
    private Optional<HostRef> mayRunAt = Optional.empty();
    private Optional<HostRef> movingTo = Optional.empty();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void neverIssuesAnEpochTwiceAndNeverHasTwoHosts(long seed) {
        Random random = new Random(seed);
        LinodeState state = decider.initial();
        for (int step = 0; step < STEPS; step++) {
            LinodeCommand command = random.nextInt(3) == 0 ? anything(random) : fitting(random, state);
            if (command instanceof Delete && random.nextInt(40) > 0) {
                continue;
            }
            if (!(decider.decide(command, state) instanceof Decision.Accepted<LinodeEvent> accepted)) {
                continue;
            }
            for (LinodeEvent event : accepted.events()) {
                state = decider.evolve(state, event);
                check(event);
            }
            if (step % 50 == 0) {
                assertThat(Json.read(Json.write(state), LinodeState.class)).isEqualTo(state);
            }
            if (state instanceof LinodeState.Deleted) {
                return;
            }
        }
        assertThat(ownerOfEpoch).isNotEmpty();
    }

    private void check(LinodeEvent event) {
        switch (event) {
            case LinodePlaced e -> placed(e.at(), e.ownerEpoch());
            case LinodeRecoveryPlaced e -> placed(e.at(), e.ownerEpoch());
            case LinodeMoveRequested e -> {
                assertThat(mayRunAt).contains(e.source());
                owner(e.ownerEpoch(), e.source());
                owner(e.nextEpoch(), e.target());
                movingTo = Optional.of(e.target());
            }
            case LinodeMoved e -> {
                owner(e.ownerEpoch(), e.target());
                mayRunAt = Optional.of(e.target());
                movingTo = Optional.empty();
            }
            case LinodeMoveAborted _ -> movingTo = Optional.empty();
            case LinodeReplaced e -> {
                owner(e.ownerEpoch(), e.target());
                mayRunAt = Optional.of(e.target());
            }
            case LinodeLost e -> {
                assertThat(movingTo).isEmpty();
                assertThat(issuedByLoss.add(e.ownerEpoch())).isTrue();
                assertThat(ownerOfEpoch).doesNotContainKey(e.ownerEpoch());
                mayRunAt = Optional.empty();
            }
            case LinodeBootRequested e -> order(e.at(), e.ownerEpoch());
            case LinodeRebootRequested e -> order(e.at(), e.ownerEpoch());
            case LinodeDeviceAttachRequested e -> order(e.at(), e.ownerEpoch());
            default -> {
                // issues no epoch and starts nothing
            }
        }
    }

    private void placed(HostRef at, long epoch) {
        assertThat(mayRunAt.isEmpty() || mayRunAt.get().equals(at)).isTrue();
        assertThat(movingTo).isEmpty();
        owner(epoch, at);
        mayRunAt = Optional.of(at);
    }

    private void order(HostRef at, long epoch) {
        assertThat(movingTo).isEmpty();
        assertThat(mayRunAt).contains(at);
        owner(epoch, at);
    }

    private void owner(long epoch, HostRef at) {
        HostRef before = ownerOfEpoch.putIfAbsent(epoch, at);
        assertThat(before == null || before.equals(at)).as("epoch " + epoch).isTrue();
        assertThat(epoch)
                .isLessThanOrEqualTo(ownerOfEpoch.keySet().stream()
                        .mapToLong(Long::longValue)
                        .max()
                        .orElseThrow());
    }

    /** What the partners of a Linode would say next, mostly. */
    private static LinodeCommand fitting(Random random, LinodeState state) {
        return switch (state) {
            case LinodeState.Unknown _ -> create(random.nextBoolean());
            case LinodeState.Unplaced _ -> new AssignHost(ID, host(random), "d");
            case LinodeState.Lost it ->
                random.nextInt(4) == 0
                        ? new RetryPlacement(ID, it.ownerEpoch())
                        : new AssignRecoveryHost(ID, host(random), "d");
            case LinodeState.Deleted _ -> new Boot(ID);
            case LinodeState.Placed it -> answer(random, it);
        };
    }

    private static LinodeCommand answer(Random random, LinodeState.Placed it) {
        long epoch = it.ownerEpoch();
        long generation = it.body().generation();
        return switch (it.job()) {
            case LinodeJob.Idle _ -> anything(random);
            case LinodeJob.Provisioning _ ->
                new NoteDisksProvisioned(ID, bytes(it.body().disks()));
            case LinodeJob.Booting _ -> new NoteBooted(ID, it.at(), epoch, generation);
            case LinodeJob.Stopping _ -> new NoteStopped(ID, it.at(), epoch, "requested");
            case LinodeJob.Rebooting _ -> new NoteRebooted(ID, it.at(), epoch, generation);
            case LinodeJob.Resizing job ->
                it.running()
                        ? new NoteStopped(ID, it.at(), epoch, "requested")
                        : new NoteDiskResized(
                                ID,
                                new DiskId(job.request()
                                        .diskToGrow()
                                        .map(BlockDevice::id)
                                        .orElse(11L)),
                                job.request().newDiskMib());
            case LinodeJob.Rebuilding job ->
                job.started()
                        ? new NoteDisksProvisioned(ID, bytes(it.body().disks()))
                        : new NoteDestroyed(ID, it.at(), epoch);
            case LinodeJob.ChangingDisk job ->
                new NoteDisksRefused(ID, List.of(job.disk().disk()), "no");
            case LinodeJob.Plugging job -> new NoteDeviceAttached(ID, it.at(), epoch, job.device());
            case LinodeJob.Moving job ->
                switch (random.nextInt(4)) {
                    case 0 -> new NoteMoved(ID, job.migration(), job.target(), job.nextEpoch());
                    case 1 -> new NoteMoveAborted(ID, job.migration(), random.nextBoolean(), "x");
                    case 2 -> new NoteMoveLost(ID, job.migration(), "x");
                    default -> new NoteHostLost(ID, random.nextBoolean() ? it.at() : job.target(), true);
                };
            case LinodeJob.TakingOver _ -> new NoteDisksTakenOver(ID, epoch);
            case LinodeJob.Destroying _ -> new NoteDestroyed(ID, it.at(), epoch);
            case LinodeJob.Scrubbing job -> new NoteDisksDeleted(ID, job.disks());
        };
    }

    private static List<BlockDevice> bytes(List<DiskSpec> disks) {
        return disks.stream()
                .map(each ->
                        new BlockDevice("", BlockDevice.Kind.disk, each.disk().value(), POOL, each.sizeMib()))
                .toList();
    }

    private static HostRef host(Random random) {
        return at("h" + (1 + random.nextInt(3)), 1 + random.nextInt(3));
    }

    private static LinodeCommand anything(Random random) {
        HostRef by = host(random);
        long epoch = 1 + random.nextInt(6);
        long generation = 1 + random.nextInt(6);
        List<LinodeCommand> all = new ArrayList<>(List.of(
                new Boot(ID),
                new Reboot(ID),
                new Shutdown(ID),
                new Delete(ID),
                new AssignHost(ID, by, "d"),
                new AssignRecoveryHost(ID, by, "d"),
                new NotePlacementFailed(ID, "no room"),
                new RetryPlacement(ID, epoch),
                new Resize(ID, by, random.nextBoolean() ? STANDARD : NANODE, random.nextBoolean()),
                new ChangeDisk(ID, DiskChange.delete, SWAP),
                new RequestMove(
                        ID,
                        new MigrationId(1 + random.nextInt(1000)),
                        by,
                        random.nextBoolean() ? Mode.live : Mode.cold,
                        "x",
                        1),
                new NoteHostLost(ID, by, random.nextBoolean()),
                new NoteHostRegistered(ID, by),
                new NoteBooted(ID, by, epoch, generation),
                new NoteBootFailed(ID, by, epoch, generation, "x"),
                new NoteStopped(ID, by, epoch, random.nextBoolean() ? "crash" : "guest"),
                new NoteDestroyed(ID, by, epoch),
                new NoteDisksTakenOver(ID, epoch),
                new NoteDisksRefused(ID, List.of(new DiskId(11)), "x"),
                new AttachVolume(ID, OWNER, VOLUME, VOLUME_BYTES),
                new DetachVolume(ID, VOLUME, VOLUME_BYTES)));
        all.addAll(more(random, by, epoch, generation));
        return all.get(random.nextInt(all.size()));
    }

    private static List<LinodeCommand> more(Random random, HostRef by, long epoch, long generation) {
        List<LinodeCommand> all = new ArrayList<>();
        all.add(seen(
                by,
                DomainSeen.State.values()[random.nextInt(DomainSeen.State.values().length)],
                epoch,
                generation,
                random.nextBoolean()));
        all.add(new Rebuild(
                ID,
                "linode/debian12",
                List.of(ROOT),
                new ConfigProfile(5, "c", "linode/grub2", "/dev/sda"),
                random.nextBoolean(),
                Optional.empty()));
        return all;
    }
}
