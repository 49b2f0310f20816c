package lpm.hostagent.simulated;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import lpm.hostagent.disks.DiskStore;
import lpm.hostagent.hypervisor.Hypervisor;
import lpm.hostagent.hypervisor.PortRefusal;
import lpm.hostagent.hypervisor.PortUnreachable;
import lpm.hostagent.lease.PoolLease;
import lpm.platform.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * The ports of one simulated host, or the control of all, through a socket. Connects when it is needed; when the socket
 * breaks, every open call ends as unreachable, and the next one connects again.
 */
public final class XenClient implements AutoCloseable {
    /** How long a call may take that answers at once. */
    static final Duration CALL_LIMIT = Duration.ofSeconds(3);

    private final Path socket;
    private final AtomicLong count = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Line line;

    public XenClient(Path socket) {
        this.socket = socket;
    }

    /** One connection and the calls that are open on it. */
    private static final class Line {
        private final SocketChannel channel;
        private final Map<Long, CompletableFuture<JsonNode>> open = new ConcurrentHashMap<>();

        private Line(SocketChannel channel) {
            this.channel = channel;
        }
    }

    public Hypervisor hypervisor() {
        return port(Hypervisor.class);
    }

    public DiskStore disks() {
        return port(DiskStore.class);
    }

    public PoolLease lease() {
        return port(PoolLease.class);
    }

    /** Only on the control socket. */
    public XenControl control() {
        return port(XenControl.class);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            Line current = line;
            if (current != null) {
                hangUp(current, "closed");
            }
        } finally {
            lock.unlock();
        }
    }

    private <T> T port(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
            if (method.getDeclaringClass() == Object.class) {
                return method.invoke(this, args);
            }
            return call(Rpc.nameOf(type, method), method, args == null ? new Object[0] : args);
        }));
    }

    /** The future of a call that answers later is what the port's method returns. */
    @SuppressWarnings("FutureReturnValueIgnored")
    private @Nullable Object call(String name, Method method, Object[] args) throws InterruptedException {
        List<JsonNode> given =
                Arrays.stream(args).<JsonNode>map(Json.MAPPER::valueToTree).toList();
        CompletableFuture<JsonNode> answer = ask(name, given);
        if (Rpc.isLater(method)) {
            return answer.thenApply(tree -> Rpc.convert(tree, Rpc.answerType(method)));
        }
        try {
            JsonNode tree = answer.get(CALL_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            return method.getReturnType() == void.class ? null : Rpc.convert(tree, Rpc.answerType(method));
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new PortUnreachable("no answer to " + name + " within " + CALL_LIMIT, e);
        }
    }

    private CompletableFuture<JsonNode> ask(String name, List<JsonNode> args) {
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        lock.lock();
        try {
            Line current = line != null ? line : connect();
            line = current;
            long id = count.incrementAndGet();
            current.open.put(id, answer);
            ByteBuffer bytes = ByteBuffer.wrap(
                    (Json.write(new Rpc.Question(id, name, args)) + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                current.channel.write(bytes);
            }
        } catch (IOException e) {
            Line broken = line;
            if (broken != null) {
                hangUp(broken, e.toString());
            }
            throw new PortUnreachable("cannot reach " + socket + ": " + e.getMessage(), e);
        } finally {
            lock.unlock();
        }
        return answer;
    }

    private Line connect() throws IOException {
        Line fresh = new Line(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
        Thread.ofVirtual().start(() -> readForEver(fresh));
        return fresh;
    }

    private void readForEver(Line from) {
        String end = "the other side hung up";
        try (BufferedReader lines = new BufferedReader(Channels.newReader(from.channel, StandardCharsets.UTF_8))) {
            for (String each = lines.readLine(); each != null; each = lines.readLine()) {
                take(Json.read(each, Rpc.Answer.class), from);
            }
        } catch (IOException | IllegalArgumentException e) {
            end = e.toString();
        }
        lock.lock();
        try {
            hangUp(from, end);
        } finally {
            lock.unlock();
        }
    }

    private static void take(Rpc.Answer answer, Line from) {
        CompletableFuture<JsonNode> open = from.open.remove(answer.id());
        if (open == null) {
            return;
        }
        answer.refused().ifPresent(reason -> open.completeExceptionally(new PortRefusal(reason)));
        answer.unreachable().ifPresent(reason -> open.completeExceptionally(new PortUnreachable(reason)));
        answer.failed().ifPresent(reason -> open.completeExceptionally(new IllegalStateException(reason)));
        open.complete(answer.value().orElse(Json.MAPPER.nullNode()));
    }

    /** Nobody will answer what is open: it may have happened or not. */
    private void hangUp(Line gone, String reason) {
        if (line == gone) {
            line = null;
        }
        gone.open.values().forEach(each -> each.completeExceptionally(new PortUnreachable(reason)));
        gone.open.clear();
        try {
            gone.channel.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("cannot close the connection to " + socket, e);
        }
    }
}
