package lpm.xenlab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import lpm.local.LocalFailure;

/** The files of a new Ceph cluster in one folder: configuration, keys, the monitor's and the OSDs' stores. */
final class CephFiles {
    static final int OSDS = 3;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final String CONFIGURATION = """
            [global]
            fsid = %2$s
            mon host = %3$s
            public network = 192.168.77.0/24
            ms bind ipv6 = false
            auth cluster required = cephx
            auth service required = cephx
            auth client required = cephx
            osd pool default size = 3
            osd pool default min size = 2
            osd crush chooseleaf type = 0
            run dir = %1$s/run
            admin socket = %1$s/run/$name.asok
            log file = %1$s/run/$name.log
            pid file = %1$s/run/$name.pid
            keyring = %1$s/keyring

            [mon]
            mon data = %1$s/mon
            mon data avail warn = 1
            mon warn on insecure global id reclaim allowed = false
            mon osd reporter subtree level = osd
            mon osd min down reporters = 1

            [osd]
            osd data = %1$s/osd.$id
            keyring = %1$s/keyring.daemons
            bluestore block size = 4294967296
            osd memory target = 939524096
            osd heartbeat interval = 2
            osd heartbeat grace = 8

            [client]
            admin socket =
            log file =
            rados osd op timeout = 30
            rados mon op timeout = 30
            client mount timeout = 30
            """;

    private final Path folder;
    private final Namespace namespace;
    private final String fsid = UUID.randomUUID().toString();
    private final List<String> osdIds =
            IntStream.range(0, OSDS).mapToObj(_ -> UUID.randomUUID().toString()).toList();

    CephFiles(Path folder, Namespace namespace) {
        this.folder = folder;
        this.namespace = namespace;
    }

    Path configuration() {
        return folder.resolve("ceph.conf");
    }

    /** The id that an OSD's store and the cluster know it by. */
    String osdId(int osd) {
        return osdIds.get(osd);
    }

    /** Configuration, keys and the monitor's store: what the cluster needs before anything runs. */
    void write() {
        String addresses = "[v2:%1$s:3300,v1:%1$s:6789]".formatted(LabNetwork.GATEWAY);
        try {
            Files.createDirectories(folder.resolve("run"));
            Files.createDirectories(folder.resolve("mon"));
            Files.writeString(configuration(), CONFIGURATION.formatted(folder, fsid, addresses));
        } catch (IOException e) {
            throw new LocalFailure("Cannot write " + configuration() + ": " + e.getMessage() + ".", e);
        }
        key(
                "keyring",
                true,
                "client.admin",
                "--cap",
                "mon",
                "allow *",
                "--cap",
                "osd",
                "allow *",
                "--cap",
                "mgr",
                "allow *");
        key("keyring.daemons", true, "mon.", "--cap", "mon", "allow *");
        for (int osd = 0; osd < OSDS; osd++) {
            key("keyring.daemons", false, "osd." + osd, "--cap", "mon", "allow profile osd", "--cap", "osd", "allow *");
        }
        run("ceph-authtool", file("keyring.daemons"), "--import-keyring", file("keyring"));
        run("monmaptool", "--create", "--clobber", "--fsid", fsid, "--addv", "a", addresses, file("monmap"));
        run(
                "ceph-mon",
                "-c",
                configuration().toString(),
                "--mkfs",
                "-i",
                "a",
                "--monmap",
                file("monmap"),
                "--keyring",
                file("keyring.daemons"));
    }

    private void key(String ring, boolean create, String entity, String... capabilities) {
        java.util.ArrayList<String> command = new java.util.ArrayList<>(List.of("ceph-authtool", file(ring)));
        if (create) {
            command.add("--create-keyring");
        }
        command.addAll(List.of("--gen-key", "-n", entity));
        command.addAll(List.of(capabilities));
        run(command.toArray(String[]::new));
    }

    /** The store of one OSD; takes a while and needs nothing that runs. */
    void makeOsd(int osd) {
        try {
            Files.createDirectories(folder.resolve("osd." + osd));
        } catch (IOException e) {
            throw new LocalFailure("Cannot make the store of osd." + osd + ": " + e.getMessage() + ".", e);
        }
        run(
                "ceph-osd",
                "-c",
                configuration().toString(),
                "--mkfs",
                "-i",
                Integer.toString(osd),
                "--osd-uuid",
                osdId(osd),
                "--monmap",
                file("monmap"));
    }

    /** The key of client.admin. */
    String adminKey() {
        return run("ceph-authtool", file("keyring"), "--print-key", "-n", "client.admin")
                .strip();
    }

    private String run(String... command) {
        return Run.ok(LIMIT, namespace.exec(command));
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }
}
