package lpm.hostagent.simulated;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import lpm.platform.json.Json;
import org.jspecify.annotations.Nullable;

/** Serves ports of the model on one UNIX domain socket. Answers may come in another order than the questions. */
final class RpcServer implements AutoCloseable {
    /** What the kernel allows as the path of a socket, in bytes. */
    static final int MAX_PATH_BYTES = 107;

    private final ModelThread model;
    private final ServerSocketChannel listening;
    private final Map<String, Target> targets = new HashMap<>();

    private record Target(Object port, Method method) {}

    RpcServer(Path socket, ModelThread model, Map<Class<?>, Object> ports) {
        this.model = model;
        ports.forEach((type, port) ->
                Rpc.methods(type).forEach((name, method) -> targets.put(name, new Target(port, method))));
        this.listening = listen(socket);
        Thread.ofVirtual().start(this::acceptForEver);
    }

    /** A socket file of a killed process is no socket any more: it is replaced. */
    private static ServerSocketChannel listen(Path socket) {
        int length = socket.toString().getBytes(StandardCharsets.UTF_8).length;
        if (length > MAX_PATH_BYTES) {
            throw new IllegalArgumentException("the path of a socket has at most " + MAX_PATH_BYTES + " bytes, found "
                    + length + ": " + socket + "; choose a shorter data folder");
        }
        try {
            Files.deleteIfExists(socket);
            ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            channel.bind(UnixDomainSocketAddress.of(socket));
            return channel;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on " + socket, e);
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void acceptForEver() {
        while (listening.isOpen()) {
            try {
                SocketChannel caller = listening.accept();
                BlockingQueue<Rpc.Answer> answers = new LinkedBlockingQueue<>();
                Thread.ofVirtual().start(() -> writeForEver(caller, answers));
                Thread.ofVirtual().start(() -> readForEver(caller, answers));
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                throw new UncheckedIOException("cannot take calls", e);
            }
        }
    }

    private void readForEver(SocketChannel caller, BlockingQueue<Rpc.Answer> answers) {
        try (caller;
                BufferedReader lines = new BufferedReader(Channels.newReader(caller, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                take(Json.read(line, Rpc.Question.class), answers);
            }
        } catch (IOException | IllegalArgumentException e) {
            // A caller that hangs up or does not speak the protocol is not served any more.
            answers.add(Rpc.Answer.problem(-1, e));
        }
    }

    private void take(Rpc.Question question, BlockingQueue<Rpc.Answer> answers) {
        try {
            Object result = model.call(() -> invoke(question));
            if (result instanceof CompletionStage<?> later) {
                var _ = later.whenComplete((value, problem) -> answers.add(
                        problem == null
                                ? Rpc.Answer.value(question.id(), value)
                                : Rpc.Answer.problem(question.id(), unwrap(problem))));
            } else {
                answers.add(Rpc.Answer.value(question.id(), result));
            }
        } catch (RuntimeException e) {
            answers.add(Rpc.Answer.problem(question.id(), e));
        }
    }

    private @Nullable Object invoke(Rpc.Question question) {
        Target target = Optional.ofNullable(targets.get(question.call()))
                .orElseThrow(() -> new IllegalArgumentException("no such call: " + question.call()));
        try {
            return target.method().invoke(target.port(), Rpc.arguments(target.method(), question.args()));
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("cannot be called: " + question.call(), e);
        }
    }

    private static Throwable unwrap(Throwable problem) {
        Throwable cause = problem.getCause();
        return problem instanceof CompletionException && cause != null ? cause : problem;
    }

    private static void writeForEver(SocketChannel caller, BlockingQueue<Rpc.Answer> answers) {
        try (caller;
                BufferedWriter lines = new BufferedWriter(Channels.newWriter(caller, StandardCharsets.UTF_8))) {
            while (caller.isOpen()) {
                Rpc.Answer answer = answers.take();
                if (answer.id() < 0) {
                    return;
                }
                lines.write(Json.write(answer));
                lines.newLine();
                lines.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // The caller is gone; what it asked for has happened, and it looks when it comes back.
            answers.clear();
        }
    }
}
