package lpm.xenlab;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import lpm.local.LocalFailure;

/**
 * A network namespace: the lab's addresses are nobody else's.
 *
 * @param name as {@code ip netns} knows it
 */
public record Namespace(String name) {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int NAME_DIGITS = 8;

    /** The one of a data folder; the script {@code lpm} computes the same name. */
    static Namespace of(Path data) {
        return new Namespace(
                "lpm-lab-" + digits(data.toAbsolutePath().normalize().toString()));
    }

    private static String digits(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, NAME_DIGITS).toLowerCase(Locale.ROOT);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    boolean exists() {
        return Files.exists(Path.of("/run/netns", name));
    }

    /** Makes it, unless it is there. */
    void create() {
        if (!exists()) {
            Run.ok(LIMIT, List.of("ip", "netns", "add", name));
        }
    }

    /** Removes it; its bridge and taps go with it once no process is left inside. */
    void delete() {
        if (exists()) {
            Run.Result result = Run.result(LIMIT, List.of("ip", "netns", "del", name), "");
            // two labs of one launcher may both have wanted it
            if (!result.ok() && exists()) {
                throw new LocalFailure("Cannot remove namespace " + name + ": "
                        + result.output().strip() + ".");
            }
        }
    }

    /** The command, to be run inside. */
    public List<String> exec(List<String> command) {
        List<String> inside = new ArrayList<>(List.of("ip", "netns", "exec", name));
        inside.addAll(command);
        return inside;
    }

    public List<String> exec(String... command) {
        return exec(List.of(command));
    }

    /** The command, to be run inside and to be killed by the system when the launcher dies. */
    List<String> execBound(List<String> command) {
        List<String> bound = new ArrayList<>(List.of("setpriv", "--pdeathsig", "KILL", "--"));
        bound.addAll(command);
        return exec(bound);
    }
}
