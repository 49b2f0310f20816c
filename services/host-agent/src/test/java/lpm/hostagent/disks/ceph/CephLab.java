package lpm.hostagent.disks.ceph;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import lpm.contracts.HostId;
import lpm.hostagent.disks.DeviceMap;
import lpm.hostagent.disks.RawImages;
import lpm.platform.json.Json;

/** A Ceph cluster named by {@code LPM_TEST_CEPH} (its ceph.conf), with hosts of this test alone. */
final class CephLab implements AutoCloseable {
    private static final String SETTING = "LPM_TEST_CEPH";
    private static final String POOL_SETTING = "LPM_TEST_CEPH_POOL";

    final Path images;
    final long number = ThreadLocalRandom.current().nextLong(1_000_000_000L, 2_000_000_000L);
    final List<String> mapped = new ArrayList<>();
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final Map<HostId, CephPool> pools = new HashMap<>();

    CephLab() throws IOException {
        assumeTrue(conf() != null, "set " + SETTING + " to the ceph.conf of a test cluster to run this test");
        images = Files.createTempDirectory("images");
    }

    static String conf() {
        return setting(SETTING, null);
    }

    static String poolName() {
        return setting(POOL_SETTING, "rbd");
    }

    private static String setting(String name, String otherwise) {
        String value = System.getProperty(name, System.getenv(name));
        return value == null || value.isBlank() ? otherwise : value;
    }

    /** Fails the assumption, with a sentence, unless the setting is there; its value. */
    static String needed(String name, String what) {
        String value = setting(name, null);
        assumeTrue(value != null, "set " + name + " to " + what + " to run this test");
        return String.valueOf(value);
    }

    HostId host(int which) {
        return HostId.of("t" + number + "-" + which);
    }

    /** No machine has such an address: RFC 5737. */
    String address(HostId host) {
        return "192.0.2." + (number % 100 + (host.equals(host(1)) ? 0 : 100));
    }

    CephPool pool(HostId host) {
        return pool(host, address(host));
    }

    CephPool pool(HostId host, String address) {
        return pools.computeIfAbsent(
                host,
                _ -> new CephPool(
                        host, address, Path.of(conf()), poolName(), new Recording(), new RawImages(images), executor));
    }

    static <T> T answer(CompletionStage<T> later) {
        CompletableFuture<T> future = later.toCompletableFuture();
        try {
            return future.orTimeout(120, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    @Override
    public void close() {
        RbdImages there = new RbdImages(pool(host(1)).bulk());
        CephRecords records = new CephRecords(pool(host(1)).quick());
        for (long id = number; id < number + 6; id++) {
            for (String kind : List.of("disk-", "volume-")) {
                there.remove(kind + id);
                there.remove(kind + id + ".part-" + host(1));
                drop(records, "lock." + kind + id);
            }
            drop(records, "locks-of." + id);
        }
        drop(records, "lease." + host(1));
        drop(records, "lease." + host(2));
        records.read("leases").ifPresent(text -> {
            List<String> others = Stream.of(Json.read(text, String[].class))
                    .filter(each -> !each.contains("." + "t" + number))
                    .toList();
            records.swap("leases", Optional.of(text), Optional.of(Json.write(others)));
        });
        for (HostId host : List.of(host(1), host(2))) {
            pool(host).quick().ask("{\"prefix\":\"config-key rm\",\"key\":\"lpm/fenced/" + host + "\"}");
        }
        pools.values().forEach(CephPool::close);
        executor.shutdown();
    }

    private static void drop(CephRecords records, String name) {
        records.read(name).ifPresent(text -> records.swap(name, Optional.of(text), Optional.empty()));
    }

    /** There is no dom0: what would be mapped is written down. */
    private final class Recording implements DeviceMap {
        @Override
        public void map(String pool, String image) {
            mapped.add(image);
        }

        @Override
        public void unmap(String pool, String image) {
            mapped.remove(image);
        }

        @Override
        public void unmapAll() {
            mapped.clear();
            mapped.add("unmapped all");
        }

        @Override
        public void grow(String pool) {
            throw new AssertionError("Ceph tells the kernel itself");
        }
    }
}
