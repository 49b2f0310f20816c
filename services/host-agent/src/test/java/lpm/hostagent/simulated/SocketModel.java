package lpm.hostagent.simulated;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import lpm.contracts.HostId;
import lpm.contracts.Resources;
import lpm.hostagent.World;
import lpm.hostagent.disks.DiskStore;
import lpm.hostagent.hypervisor.Hypervisor;
import lpm.hostagent.lease.PoolLease;
import lpm.platform.time.SteadyClock;

/** Two simulated hosts, h1 and h2, reached through their sockets, on real time. */
final class SocketModel implements AutoCloseable {
    private final List<XenClient> clients = new ArrayList<>();
    private final List<RpcServer> servers = new ArrayList<>();
    private final Path folder;
    private final Thread ticking;

    SocketModel() {
        try {
            folder = Files.createTempDirectory("xen");
            SteadyClock clock = new SteadyClock(Instant.now());
            SimulatedXen xen = new SimulatedXen(7, clock.instant());
            ModelThread thread = new ModelThread(xen, clock);
            serve(xen, thread);
            ticking = Thread.ofVirtual().start(() -> tick(thread));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(SimulatedXen xen, ModelThread thread) throws IOException {
        for (HostId host : List.of(HostId.of("h1"), HostId.of("h2"))) {
            xen.addHost(host, World.REGION, new Resources(8, 8_192), 1_000);
            Map<Class<?>, Object> ports = Map.of(
                    Hypervisor.class, xen.hypervisor(host),
                    DiskStore.class, xen.disks(host),
                    PoolLease.class, xen.lease(host));
            servers.add(new RpcServer(folder.resolve(host + ".sock"), thread, ports));
        }
        servers.add(new RpcServer(folder.resolve("control.sock"), thread, Map.of(XenControl.class, xen)));
    }

    private static void tick(ModelThread thread) {
        try {
            thread.runForEver();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A new client of a socket: a host's, or {@code control}. */
    XenClient client(String name) {
        XenClient client = new XenClient(folder.resolve(name + ".sock"));
        clients.add(client);
        return client;
    }

    <T> T answer(CompletionStage<T> later) {
        CompletableFuture<T> future = later.toCompletableFuture();
        try {
            return future.orTimeout(30, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    @Override
    public void close() {
        ticking.interrupt();
        clients.forEach(XenClient::close);
        servers.forEach(RpcServer::close);
    }
}
