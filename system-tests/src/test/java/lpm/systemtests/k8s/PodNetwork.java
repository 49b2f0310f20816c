package lpm.systemtests.k8s;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.InetSocketAddress;
import java.nio.channels.Channel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A network as a pod has it, with nothing in it but itself; only chosen ports lead out of it or into it. It is that of
 * one thread of this process and gone with it, whatever happens. Needs root.
 */
final class PodNetwork implements AutoCloseable {
    private static final int CLONE_NEWNET = 0x4000_0000;
    private static final String OUTSIDE = "127.0.0.1";
    private static final int NAME_SERVER_PORT = 53;

    /** The pod's address inside. Not its 127.0.0.1: who listens only there is not reached, as in a cluster. */
    private static final String POD = "127.0.0.2";

    private final ExecutorService inside = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("pod-network").factory());
    private final List<Channel> servers = new CopyOnWriteArrayList<>();
    private final Path path = inside(PodNetwork::leaveForOwn);

    @FunctionalInterface
    private interface Far {
        SocketChannel open() throws IOException;
    }

    /** Where a container runtime finds it. */
    Path path() {
        return path;
    }

    /** Whoever calls a port of 127.0.0.1 inside reaches the other one outside. */
    void out(int port, int target) {
        forward(
                inside(() -> ServerSocketChannel.open().bind(new InetSocketAddress(OUTSIDE, port))),
                () -> SocketChannel.open(new InetSocketAddress(OUTSIDE, target)));
    }

    /** Whoever calls a port of 127.0.0.1 outside reaches a port of the pod. */
    void in(int port, int target) throws IOException {
        forward(
                ServerSocketChannel.open().bind(new InetSocketAddress(OUTSIDE, port)),
                () -> inside(() -> SocketChannel.open(new InetSocketAddress(POD, target))));
    }

    /** These names of the cluster lead to 127.0.0.1 inside, for who is told {@link ClusterNames#RESOLV_CONF}. */
    void names(List<String> names) {
        DatagramChannel channel =
                inside(() -> DatagramChannel.open().bind(new InetSocketAddress(OUTSIDE, NAME_SERVER_PORT)));
        servers.add(channel);
        ClusterNames.serve(channel, names);
    }

    @SuppressWarnings("restricted")
    private static Path leaveForOwn() throws Throwable {
        Linker linker = Linker.nativeLinker();
        MethodHandle unshare = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("unshare"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        if ((int) unshare.invokeExact(CLONE_NEWNET) != 0) {
            throw new IOException("expected a network of its own, found that this user may not have one");
        }
        // a process started by this thread is in its network
        int code = new ProcessBuilder("ip", "link", "set", "lo", "up")
                .inheritIO()
                .start()
                .waitFor();
        if (code != 0) {
            throw new IOException("expected the loopback up, found code " + code + " of ip");
        }
        return Path.of("/proc/thread-self").toRealPath().resolve("ns/net");
    }

    private interface Work<T> {
        T run() throws Throwable;
    }

    private <T> T inside(Work<T> work) {
        Callable<T> call = () -> {
            try {
                return work.run();
            } catch (Exception | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        };
        try {
            return inside.submit(call).get();
        } catch (ExecutionException e) {
            throw new UncheckedIOException(new IOException(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void forward(ServerSocketChannel server, Far far) {
        servers.add(server);
        Thread.ofPlatform().daemon().name("pod-port").start(() -> {
            while (server.isOpen()) {
                try {
                    SocketChannel near = server.accept();
                    Thread.ofPlatform().daemon().start(() -> join(near, far));
                } catch (IOException e) {
                    if (server.isOpen()) {
                        throw new UncheckedIOException(e);
                    }
                }
            }
        });
    }

    private static void join(SocketChannel near, Far opener) {
        try (near;
                SocketChannel far = opener.open()) {
            Thread back = Thread.ofPlatform().daemon().start(() -> pump(far, near));
            pump(near, far);
            back.join();
        } catch (IOException | UncheckedIOException _) {
            // the other part is not there: so this end hangs up, as the other one would have
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pump(SocketChannel from, SocketChannel to) {
        try (from;
                to;
                InputStream in = from.socket().getInputStream()) {
            in.transferTo(to.socket().getOutputStream());
        } catch (IOException _) {
            // one end is gone, and now the other one too
        }
    }

    @Override
    public void close() {
        for (Channel server : servers) {
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        inside.shutdown();
    }
}
