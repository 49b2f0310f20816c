package lpm.systemtests.explore;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.PoolId;
import lpm.contracts.VolumeId;
import lpm.storage.pool.Pools;
import lpm.storage.tenant.TenantCommand;
import lpm.storage.volume.VolumeCommand;
import lpm.systemtests.simulation.Cell;

/** What customers ask of storage. */
final class VolumeOperations {
    private static final String STORAGE = "storage";
    private static final PoolId POOL = new PoolId("pool-" + Cell.REGION);
    private static final long SIZE_GIB = 20;
    private static final int QUOTA = 100;

    static final Map<String, Verb> VERBS = Map.of(
            "volume", VolumeOperations::create,
            "attach", VolumeOperations::attach,
            "detach", VolumeOperations::detach,
            "resize-volume", VolumeOperations::resize,
            "delete-volume", VolumeOperations::delete);

    private VolumeOperations() {}

    private static VolumeId volume(List<String> words) {
        return new VolumeId(Long.parseLong(words.getFirst()));
    }

    private static Optional<HostRef> worker(World world, VolumeId volume) {
        return Pools.worker(
                Cell.REGION, POOL, volume.value(), world.cell().service(STORAGE).rows());
    }

    /** {@code volume 1}. */
    private static void create(World world, List<String> words) {
        VolumeId volume = volume(words);
        worker(world, volume)
                .ifPresent(worker -> world.ask(
                        STORAGE,
                        new TenantCommand.TakeLabel(
                                Operations.ACCOUNT, volume, "volume-" + volume, SIZE_GIB, QUOTA, QUOTA * SIZE_GIB),
                        new VolumeCommand.Create(
                                volume,
                                Operations.ACCOUNT,
                                "volume-" + volume,
                                Cell.REGION,
                                SIZE_GIB,
                                POOL,
                                worker,
                                List.of(),
                                Optional.empty(),
                                Optional.empty())));
    }

    /** {@code attach 1 2}: volume 1 to Linode 2. */
    private static void attach(World world, List<String> words) {
        LinodeId linode = new LinodeId(Long.parseLong(words.get(1)));
        world.ask(STORAGE, new VolumeCommand.Attach(volume(words), Operations.ACCOUNT, linode, true));
    }

    private static void detach(World world, List<String> words) {
        world.ask(STORAGE, new VolumeCommand.Detach(volume(words), Operations.ACCOUNT));
    }

    /** {@code resize-volume 1 40}. */
    private static void resize(World world, List<String> words) {
        VolumeId volume = volume(words);
        long gib = Long.parseLong(words.get(1));
        worker(world, volume)
                .ifPresent(worker -> world.ask(
                        STORAGE,
                        new VolumeCommand.Resize(volume, Operations.ACCOUNT, gib, worker),
                        new TenantCommand.TakeRoom(Operations.ACCOUNT, volume, gib, QUOTA * SIZE_GIB)));
    }

    private static void delete(World world, List<String> words) {
        VolumeId volume = volume(words);
        worker(world, volume)
                .ifPresent(worker -> world.ask(STORAGE, new VolumeCommand.Delete(volume, Operations.ACCOUNT, worker)));
    }
}
