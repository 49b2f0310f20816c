package lpm.hostagent.hypervisor.xen;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import lpm.hostagent.hypervisor.PortRefusal;
import lpm.hostagent.hypervisor.PortUnreachable;
import org.jspecify.annotations.Nullable;

/**
 * The agent's few rights in dom0, asked one after another of a process that is kept running ({@code
 * deploy/host/lpm-dom0}, in dom0 or behind a secure shell). A question that is not answered in time ends that process,
 * so that a late answer is never taken for the next one's.
 */
public final class Dom0 implements AutoCloseable {
    private static final String DONE = ".done ";
    private static final String ENDED = ".ended";

    private final List<String> command;
    private final ReentrantLock turn = new ReentrantLock();
    private volatile @Nullable Talk talk;
    private final AtomicLong talks = new AtomicLong();

    public Dom0(List<String> command) {
        this.command = List.copyOf(command);
    }

    /** The process and the lines it has said. */
    private record Talk(Process process, Writer questions, BlockingQueue<String> lines) {}

    /**
     * Asks and waits for the answer's lines. Throws {@link PortRefusal} when dom0 says no, {@link PortUnreachable} when
     * it says nothing within the deadline.
     */
    public List<String> ask(Duration deadline, String verb, String... arguments) {
        long end = System.nanoTime() + deadline.toNanos();
        String question = arguments.length == 0 ? verb : verb + " " + String.join(" ", arguments);
        try {
            if (!turn.tryLock(deadline.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new PortUnreachable("dom0 is busy for more than " + deadline.toSeconds() + " s: " + question);
            }
            try {
                return ask(question, end);
            } finally {
                turn.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PortUnreachable("interrupted while dom0 was asked: " + question, e);
        }
    }

    /** Counts the processes that were begun: as long as it stays the same, dom0 has not started anew. */
    long talks() {
        Talk open = talk;
        return open != null && open.process().isAlive() ? talks.get() : talks.get() + 1;
    }

    private List<String> ask(String question, long end) throws InterruptedException {
        Talk with = talk();
        try {
            with.questions().write(question + "\n");
            with.questions().flush();
        } catch (IOException e) {
            hangUp();
            throw new PortUnreachable("dom0 is not reached by " + command, e);
        }
        List<String> answer = new ArrayList<>();
        while (true) {
            String line = with.lines().poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (line == null || line.equals(ENDED)) {
                hangUp();
                throw new PortUnreachable("dom0 did not answer " + question + (line == null ? " in time" : ""));
            }
            if (line.startsWith(DONE)) {
                return done(question, answer, line.substring(DONE.length()));
            }
            answer.add(line);
        }
    }

    private static List<String> done(String question, List<String> answer, String code) {
        if (!code.equals("0")) {
            throw new PortRefusal(question + " failed in dom0 with code " + code + ": " + String.join("; ", answer));
        }
        return answer;
    }

    private Talk talk() {
        Talk open = talk;
        if (open != null && open.process().isAlive()) {
            return open;
        }
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            BlockingQueue<String> lines = new LinkedBlockingQueue<>();
            Thread.ofVirtual().name("dom0-answers").start(() -> listen(process, lines));
            Talk begun = new Talk(process, process.outputWriter(StandardCharsets.UTF_8), lines);
            talks.incrementAndGet();
            talk = begun;
            return begun;
        } catch (IOException e) {
            throw new PortUnreachable("cannot start " + command + ": " + e.getMessage(), e);
        }
    }

    private static void listen(Process process, BlockingQueue<String> lines) {
        try (BufferedReader answers =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            answers.lines().forEach(lines::add);
        } catch (IOException | java.io.UncheckedIOException e) {
            lines.add("lost: " + e.getMessage());
        }
        lines.add(ENDED);
    }

    private void hangUp() {
        Talk open = talk;
        talk = null;
        if (open != null) {
            open.process().destroyForcibly();
        }
    }

    /** Ends the process; a question that is open is answered by {@link PortUnreachable}. Another one begins anew. */
    @Override
    public void close() {
        hangUp();
    }
}
