package lpm.hostagent.simulated;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
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
import lpm.hostagent.hypervisor.SteadyClock;
import lpm.hostagent.lease.PoolLease;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The model through its sockets, on real time. */
class SocketPortTest extends PortContract {
    private final List<XenClient> clients = new ArrayList<>();
    private final List<RpcServer> servers = new ArrayList<>();
    private Path folder;
    private Thread ticking;

    @BeforeEach
    void start() throws IOException {
        folder = Files.createTempDirectory("xen");
        SteadyClock clock = new SteadyClock(Instant.now());
        SimulatedXen xen = new SimulatedXen(7, clock.instant());
        ModelThread thread = new ModelThread(xen, clock);
        for (HostId host : List.of(H1, H2)) {
            xen.addHost(host, World.REGION, new Resources(8, 8_192), 1_000);
            Map<Class<?>, Object> ports = Map.of(
                    Hypervisor.class, xen.hypervisor(host),
                    DiskStore.class, xen.disks(host),
                    PoolLease.class, xen.lease(host));
            servers.add(new RpcServer(folder.resolve(host + ".sock"), thread, ports));
        }
        servers.add(new RpcServer(folder.resolve("control.sock"), thread, Map.of(XenControl.class, xen)));
        ticking = Thread.ofVirtual().start(() -> {
            try {
                thread.runForEver();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @AfterEach
    void stop() {
        ticking.interrupt();
        clients.forEach(XenClient::close);
        servers.forEach(RpcServer::close);
    }

    @Override
    Hypervisor hypervisor(HostId host) {
        return client(host.value()).hypervisor();
    }

    @Override
    protected DiskStore disks(HostId host) {
        return client(host.value()).disks();
    }

    @Override
    protected PoolLease lease(HostId host) {
        return client(host.value()).lease();
    }

    @Override
    XenControl control() {
        return client("control").control();
    }

    @Override
    protected <T> T answer(CompletionStage<T> later) {
        CompletableFuture<T> future = later.toCompletableFuture();
        try {
            return future.orTimeout(30, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    @Override
    void letTimePass() {
        long before = System.currentTimeMillis();
        await().until(() -> System.currentTimeMillis() > before + 5);
    }

    private XenClient client(String name) {
        XenClient client = new XenClient(folder.resolve(name + ".sock"));
        clients.add(client);
        return client;
    }
}
