package lpm.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgreSqlTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final Progress progress = new Progress(System.out);
    private DataDir dir;
    private PostgreSql server;

    @BeforeEach
    void start() {
        dir = DataDir.open(folder.resolve("data"));
        server = newServer();
        server.start();
    }

    @AfterEach
    void stop() {
        server.process().stop();
        dir.close();
    }

    private PostgreSql newServer() {
        return new PostgreSql(Home.find(), dir, Secrets.in(dir), Ports.in(dir).of("postgresql"), progress);
    }

    @Test
    void givesEachServiceItsOwnSchemaOnly() throws SQLException {
        write("account", "CREATE TABLE mine (id int)");
        assertThatThrownBy(() -> write("scheduler", "INSERT INTO account.mine VALUES (1)"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> write("scheduler", "CREATE TABLE public.shared (id int)"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("permission denied");
    }

    @Test
    void letsNobodyInWithoutThePassword() {
        assertThatThrownBy(() -> DriverManager.getConnection(server.url(), "account", "guess"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
        assertThat(folder.resolve("data/secrets")).satisfies(file -> assertThat(Files.getPosixFilePermissions(file))
                .map(Enum::name)
                .containsExactlyInAnyOrder("OWNER_READ", "OWNER_WRITE"));
    }

    @Test
    void keepsAcknowledgedWritesThroughAKill() throws SQLException {
        write("account", "CREATE TABLE mine (id int)");
        write("account", "INSERT INTO mine VALUES (42)");
        server.process().crash();
        server.process().awaitReady(LIMIT);
        try (Connection connection = server.connect("account");
                ResultSet rows = connection.createStatement().executeQuery("SELECT id FROM mine")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(42);
        }
    }

    @Test
    void stopsTheServerThatAKilledLauncherLeft() {
        long leftover = server.process().pid();
        assertThat(Leftovers.postmaster(folder.resolve("data/postgresql"))).isPresent();
        // a killed launcher supervises nothing any more: here the same without the kill
        server.process().disown();
        Leftovers.stop(dir, progress);
        assertThat(ProcessHandle.of(leftover).filter(ProcessHandle::isAlive)).isEmpty();
        server = newServer();
        server.start();
        assertThat(server.process().pid()).isNotEqualTo(leftover);
    }

    private void write(String role, String statement) throws SQLException {
        try (Connection connection = server.connect(role)) {
            connection.createStatement().execute(statement);
        }
    }
}
