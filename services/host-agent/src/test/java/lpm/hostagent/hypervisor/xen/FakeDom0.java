package lpm.hostagent.hypervisor.xen;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A command that talks like {@code lpm-dom0}; this test answers what it is asked. */
final class FakeDom0 implements AutoCloseable {
    /** Joins the process's stdin and stdout to this test. */
    private static final String SHELL = "exec 3<>/dev/tcp/127.0.0.1/%d || exit; cat <&3 & exec cat >&3";

    private final ServerSocket server;
    private final Answers answers;
    private final Queue<Socket> talks = new ConcurrentLinkedQueue<>();
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();

    FakeDom0(Answers answers) {
        this.answers = answers;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().name("fake-dom0").start(this::accept);
    }

    /** The lines of an answer. Throws {@link No} to refuse. */
    interface Answers {
        List<String> to(String question);
    }

    /** dom0 says no. */
    static final class No extends RuntimeException {
        private static final long serialVersionUID = 1L;

        No(String why) {
            super(why);
        }
    }

    List<String> command() {
        return List.of("bash", "-c", SHELL.formatted(server.getLocalPort()));
    }

    /** Everything that was asked, but looks at the domains. */
    Collection<String> asked() {
        return asked.stream().filter(each -> !each.equals("domains")).toList();
    }

    private void accept() {
        try {
            while (true) {
                Socket talk = server.accept();
                talks.add(talk);
                Thread.ofPlatform().daemon().start(() -> serve(talk));
            }
        } catch (IOException e) {
            hangUp();
        }
    }

    private void serve(Socket talk) {
        try (BufferedReader questions = new BufferedReader(
                        new java.io.InputStreamReader(talk.getInputStream(), StandardCharsets.UTF_8));
                PrintWriter out = new PrintWriter(talk.getOutputStream(), true, StandardCharsets.UTF_8)) {
            for (String line = questions.readLine(); line != null; line = questions.readLine()) {
                asked.add(line);
                answer(line).forEach(out::println);
            }
        } catch (IOException e) {
            hangUp();
        }
    }

    private List<String> answer(String question) {
        try {
            List<String> lines = new ArrayList<>(answers.to(question));
            lines.add(".done 0");
            return lines;
        } catch (No no) {
            return List.of(String.valueOf(no.getMessage()), ".done 1");
        }
    }

    /** Every talk breaks; nobody answers any more. */
    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        hangUp();
    }

    private void hangUp() {
        for (Socket each : talks) {
            try {
                each.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
