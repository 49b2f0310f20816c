package lpm.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.sql.DriverManager;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lpm.verify.Report;
import lpm.verify.Verification;
import lpm.verify.invariant.Given;
import lpm.verify.source.PlatformSource;

/**
 * What a cloud keeps in its folder, to be read: of a running one as it is, of a stopped one by starting its PostgreSQL
 * and its Kafka alone.
 */
final class KeptData implements AutoCloseable {
    private final Kept ports;
    private final Kept secrets;
    private final Family started = new Family();
    private final Optional<DataDir> lock;

    private KeptData(Path folder, Optional<DataDir> lock) {
        this.ports = Kept.open(folder.resolve("ports"));
        this.secrets = Kept.open(folder.resolve("secrets"));
        this.lock = lock;
    }

    static KeptData open(Path home, Path folder, Progress progress) {
        if (!Files.exists(folder.resolve(PostgreSql.NAME).resolve("PG_VERSION"))) {
            throw new LocalFailure("There is no platform's data in " + folder + "; name a folder with --data.");
        }
        if (DataDir.isInUse(folder)) {
            return new KeptData(folder, Optional.empty());
        }
        KeptData kept = new KeptData(folder, Optional.of(DataDir.open(folder)));
        try {
            kept.start(home, progress);
            return kept;
        } catch (RuntimeException e) {
            kept.close();
            throw e;
        }
    }

    private void start(Path home, Progress progress) {
        DataDir dir = lock.orElseThrow();
        Leftovers.stop(dir, progress);
        progress.say("Nothing runs on %s: starting its PostgreSQL and Kafka", dir.root());
        Ports all = Ports.in(dir);
        PostgreSql postgreSql = new PostgreSql(home, dir, Secrets.in(dir), all.of(PostgreSql.NAME), progress);
        List<Broker> brokers = Broker.all(home, dir, Routing.over(Wires.DIRECT, all, List.of()), progress);
        started.adopt(List.of(postgreSql.process()));
        started.adopt(brokers.stream().map(Broker::process).toList());
        brokers.forEach(Broker::start);
        postgreSql.start();
        brokers.forEach(Broker::awaitReady);
        ports.reload();
    }

    /** Checks every invariant, by what the folder's own secrets say too. */
    Report verify(Given given) {
        String url = PostgreSql.url(Integer.parseInt(ports.value(PostgreSql.NAME)));
        return new Verification(withOwn(given))
                .of(new PlatformSource(
                        LocalCloud.SERVICES,
                        service -> DriverManager.getConnection(url, service, secrets.value("password." + service)),
                        kafka()));
    }

    /** The folder's secrets must not be found in messages; it may be from before there was an audit key. */
    private Given withOwn(Given given) {
        Stream<PublicKey> own = secrets.find(Secrets.PUBLIC_AUDIT_KEY).map(Given::auditKey).stream();
        return new Given(
                Stream.concat(secrets.values().stream(), given.canaries().stream())
                        .toList(),
                Stream.concat(own, given.auditKeys().stream()).toList(),
                given.kept());
    }

    private String kafka() {
        int brokers = Integer.parseInt(ports.get("brokers", () -> "1"));
        return IntStream.rangeClosed(1, brokers)
                .mapToObj(id -> Broker.address(Integer.parseInt(ports.value(Routing.Node.name(id)))))
                .collect(Collectors.joining(","));
    }

    @Override
    public void close() {
        started.close();
        lock.ifPresent(DataDir::close);
    }
}
