package lpm.xenlab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import lpm.local.LocalFailure;

/** Logs in to a guest as root by ssh, as its user does. */
public final class GuestLogin {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Duration ANSWER_LIMIT = Duration.ofMinutes(2);

    private final Namespace namespace;
    private final LabKey key;
    private final String address;

    GuestLogin(Namespace namespace, LabKey key, String address) {
        this.namespace = namespace;
        this.key = key;
        this.address = address;
    }

    /** Whether the command went well as root, who was let in by the lab's key. */
    public boolean byKey(String command) {
        return Run.result(LIMIT, ssh(List.of(), command), "").ok();
    }

    /** What came of the command, or why root was not let in. */
    public Attempt byPassword(String password, String command) {
        try {
            Path ask = Files.createTempFile(
                    "lpm-ask",
                    ".sh",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            try {
                Files.writeString(ask, "#!/bin/sh\necho '" + password + "'\n");
                List<String> with = new ArrayList<>(
                        List.of("env", "SSH_ASKPASS=" + ask, "SSH_ASKPASS_REQUIRE=force", "DISPLAY=none"));
                with.addAll(ssh(
                        List.of(
                                "-o", "BatchMode=no",
                                "-o", "PubkeyAuthentication=no",
                                "-o", "PreferredAuthentications=password",
                                "-o", "NumberOfPasswordPrompts=1"),
                        command));
                Run.Result result = Run.result(LIMIT, with, "");
                return new Attempt(result.ok(), result.output().strip());
            } finally {
                Files.delete(ask);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write a script that tells a password", e);
        }
    }

    /**
     * An attempt to log in and run a command.
     *
     * @param output of the command, or of ssh
     */
    public record Attempt(boolean ok, String output) {}

    /** A session that stays open: each line that goes in is answered by the kernel's boot id. */
    public Session open() {
        return new Session(ssh(
                List.of("-o", "ServerAliveCountMax=24"),
                "while read -r line; do cat /proc/sys/kernel/random/boot_id; done"));
    }

    /** Of several values for an option ssh takes the first. An emulated processor takes minutes for its usual keys. */
    private List<String> ssh(List<String> options, String command) {
        List<String> ssh = new ArrayList<>(key.ssh(address));
        ssh.addAll(1, List.of("-o", "KexAlgorithms=curve25519-sha256", "-o", "ConnectTimeout=30"));
        ssh.addAll(1, options);
        ssh.add(command);
        return namespace.exec(ssh);
    }

    /** One that was opened. */
    public static final class Session implements AutoCloseable {
        private final Process process;
        private final BufferedReader answers;

        private Session(List<String> command) {
            try {
                process = new ProcessBuilder(command).redirectErrorStream(true).start();
                answers = process.inputReader(StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot run ssh", e);
            }
        }

        /** Which start of the guest's kernel this session is in. */
        public String bootId() {
            CompletableFuture<String> line = CompletableFuture.supplyAsync(this::ask);
            return line.completeOnTimeout("no answer for " + ANSWER_LIMIT, ANSWER_LIMIT.toSeconds(), TimeUnit.SECONDS)
                    .join();
        }

        private String ask() {
            try {
                process.outputWriter(StandardCharsets.UTF_8)
                        .append("boot id?\n")
                        .flush();
                return String.valueOf(answers.readLine());
            } catch (IOException e) {
                throw new LocalFailure("The ssh session broke: " + e.getMessage() + ".", e);
            }
        }

        @Override
        public void close() {
            process.destroy();
        }
    }
}
