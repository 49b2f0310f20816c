package lpm.xenlab;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lpm.local.Child;
import lpm.local.DataDir;
import lpm.local.Progress;

/**
 * Makes a port on the namespace's 127.0.0.1 the same port on the outer 127.0.0.1, through a socket in the file system,
 * which both see.
 */
public final class PortForward {
    /** Names the outer network namespace to a launcher that runs inside, as {@code nsenter --net} takes it. */
    static final String OUTER = "LPM_OUTER_NET";

    private static final Duration STOP_LIMIT = Duration.ofSeconds(2);

    private final List<Child> ends;

    PortForward(Namespace namespace, int port, DataDir dir, Progress progress) {
        Path socket = dir.root().resolve("port-" + port + ".sock");
        String inner = "TCP4:127.0.0.1:" + port;
        String outer = "TCP4-LISTEN:" + port + ",bind=127.0.0.1,reuseaddr,fork";
        List<String> inside =
                namespace.execBound(List.of("socat", "UNIX-LISTEN:" + socket + ",fork,unlink-early,mode=600", inner));
        List<String> outside =
                outer(List.of("setpriv", "--pdeathsig", "KILL", "--", "socat", outer, "UNIX-CONNECT:" + socket));
        ends = List.of(
                child("port-" + port + "-inside", inside, dir, progress),
                child("port-" + port + "-outside", outside, dir, progress));
    }

    /** The command, to be run in the outer network. */
    static List<String> outer(List<String> command) {
        return Stream.concat(outerNetwork().stream(), command.stream()).toList();
    }

    /** A prefix for commands; empty when this process is outside already. */
    private static List<String> outerNetwork() {
        String outer = System.getenv(OUTER);
        return outer == null || outer.isEmpty() ? List.of() : List.of("nsenter", "--net=" + outer, "--");
    }

    private static Child child(String name, List<String> command, DataDir dir, Progress progress) {
        return new Child(new Child.Spec(name, command, Map.of(), () -> true, "TERM", STOP_LIMIT), dir, progress);
    }

    List<Child> ends() {
        return ends;
    }
}
