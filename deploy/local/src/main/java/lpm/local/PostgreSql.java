package lpm.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A real PostgreSQL server on one folder: safe settings, passwords for everybody, a role and a schema per service. */
public final class PostgreSql {
    static final String NAME = "postgresql";
    static final String DATABASE = "lpm";
    static final List<String> ROLES = List.of("account", "scheduler", "migration", "storage");

    private static final String SUPERUSER = "postgres";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final Duration INIT_LIMIT = Duration.ofSeconds(60);

    private final Path home;
    private final Path data;
    private final DataDir dir;
    private final Secrets secrets;
    private final int port;
    private final Child child;

    PostgreSql(Path home, DataDir dir, Secrets secrets, int port, Progress progress) {
        this.home = PostgresBinaries.unpackedUnder(Home.build(home).resolve("postgresql"));
        this.data = dir.of(NAME);
        this.dir = dir;
        this.secrets = secrets;
        this.port = port;
        this.child = new Child(
                new Child.Spec(
                        NAME,
                        asUser(program("postgres"), "-D", data.toString()),
                        Map.of("LC_ALL", "C"),
                        this::answers,
                        "INT",
                        STOP_LIMIT),
                dir,
                progress);
    }

    /** Starts it and makes sure of its settings, roles and schemas. */
    void start() {
        if (!Files.exists(data.resolve("PG_VERSION"))) {
            initialise();
        }
        configure();
        child.start();
        child.awaitReady(START_LIMIT);
        try (Connection connection = connect(SUPERUSER, "postgres")) {
            PostgresRoles.ensure(connection, DATABASE);
        } catch (SQLException e) {
            throw new LocalFailure("PostgreSQL cannot be set up: " + e.getMessage() + ".", e);
        }
        try (Connection connection = connect(SUPERUSER, DATABASE)) {
            PostgresRoles.ensureRoles(connection, DATABASE, ROLES, secrets);
            PostgresRoles.proveDurable(connection);
        } catch (SQLException e) {
            throw new LocalFailure("PostgreSQL's roles cannot be set up: " + e.getMessage() + ".", e);
        }
    }

    /** The supervised server, for faults in tests. */
    public Child process() {
        return child;
    }

    public String url() {
        return url(port);
    }

    static String url(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
    }

    /** A connection as a service's role, for looking into its schema. */
    public Connection connect(String role) throws SQLException {
        return connect(role, DATABASE);
    }

    private Connection connect(String role, String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?connectTimeout=2&socketTimeout=20",
                role,
                secrets.password(role));
    }

    private boolean answers() {
        try (Connection connection = connect(SUPERUSER, "postgres")) {
            return connection.isValid(2);
        } catch (SQLException e) {
            return false;
        }
    }

    /** Beside its final place, so that an interrupted first start leaves nothing half made. */
    private void initialise() {
        Path unfinished = dir.of(NAME + ".new-" + ProcessHandle.current().pid());
        Path passwordFile = dir.of("postgresql.password");
        Path log = dir.logs().resolve("initdb.log");
        try {
            Files.deleteIfExists(passwordFile);
            Files.createFile(
                    passwordFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(passwordFile, secrets.password(SUPERUSER));
            Process initdb = new ProcessBuilder(asUser(
                            program("initdb"),
                            "-D",
                            unfinished.toString(),
                            "-U",
                            SUPERUSER,
                            "-A",
                            "scram-sha-256",
                            "--pwfile=" + passwordFile,
                            "-E",
                            "UTF8",
                            "--locale-provider=builtin",
                            "--locale=C",
                            "--builtin-locale=C.UTF-8",
                            "--no-instructions"))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (!initdb.waitFor(INIT_LIMIT) || initdb.exitValue() != 0) {
                initdb.destroyForcibly();
                throw new LocalFailure("PostgreSQL's folder cannot be initialised.\n" + LogTail.of(log));
            }
            Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
            Files.delete(passwordFile);
        } catch (IOException e) {
            throw new LocalFailure("PostgreSQL's folder cannot be initialised: " + e.getMessage() + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalFailure("Interrupted while PostgreSQL's folder was initialised.", e);
        }
    }

    private void configure() {
        List<String> access = new ArrayList<>();
        access.add("host all " + SUPERUSER + " 127.0.0.1/32 scram-sha-256");
        ROLES.forEach(role -> access.add("host " + DATABASE + " " + role + " 127.0.0.1/32 scram-sha-256"));
        try {
            Files.write(data.resolve("pg_hba.conf"), access);
            Files.writeString(data.resolve("postgresql.conf"), """
                    # written by the launcher at every start
                    listen_addresses = '127.0.0.1'
                    port = %d
                    unix_socket_directories = ''
                    password_encryption = 'scram-sha-256'
                    fsync = on
                    synchronous_commit = on
                    full_page_writes = on
                    max_connections = 150
                    shared_buffers = 64MB
                    max_wal_size = 512MB
                    jit = off
                    log_min_messages = warning
                    log_line_prefix = '%%m [%%p] %%u '
                    timezone = 'UTC'
                    lc_messages = 'C'
                    """.formatted(port));
        } catch (IOException e) {
            throw new LocalFailure("PostgreSQL cannot be configured: " + e.getMessage() + ".", e);
        }
    }

    private String program(String name) {
        return home.resolve("bin/" + name).toString();
    }

    /** The server refuses to run as root; in a user name space of its own it does not see that it is. */
    private static List<String> asUser(String... command) {
        List<String> whole = new ArrayList<>();
        if (System.getProperty("user.name", "").equals("root")) {
            whole.add("unshare");
            whole.add("-U");
        }
        whole.addAll(List.of(command));
        return whole;
    }
}
