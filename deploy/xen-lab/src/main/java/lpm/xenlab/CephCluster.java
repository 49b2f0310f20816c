package lpm.xenlab;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import lpm.local.Child;
import lpm.local.DataDir;
import lpm.local.Family;
import lpm.local.Progress;
import lpm.local.Waiting;

/**
 * A small Ceph cluster: one monitor, three OSDs on files, one pool of three copies of which two must be there to write.
 * Made anew at each start.
 */
public final class CephCluster implements LabPool {
    /** The pool of the Linodes' disks. */
    public static final String POOL = "rbd";

    private static final Duration READY_LIMIT = Duration.ofSeconds(90);
    private static final Duration CLIENT_LIMIT = Duration.ofSeconds(40);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(5);
    private static final int PLACEMENT_GROUPS = 8;

    private final Namespace namespace;
    private final CephFiles files;
    private final Child mon;
    private final List<Child> osds;
    private final String adminKey;

    /** Writes the cluster's files; {@link #start} starts it. */
    CephCluster(Namespace namespace, DataDir dir, Progress progress) {
        this.namespace = namespace;
        this.files = new CephFiles(dir.of("ceph"), namespace);
        files.write();
        this.adminKey = files.adminKey();
        this.mon = daemon("ceph-mon", "a", dir, progress);
        this.osds = IntStream.range(0, CephFiles.OSDS)
                .mapToObj(osd -> daemon("ceph-osd", Integer.toString(osd), dir, progress))
                .toList();
    }

    private Child daemon(String program, String id, DataDir dir, Progress progress) {
        List<String> command = namespace.execBound(List.of(
                program, "-f", "-c", configuration().toString(), "-i", id, "--setuser", "root", "--setgroup", "root"));
        Child.Spec spec = new Child.Spec(program + "-" + id, command, Map.of(), () -> true, "TERM", STOP_LIMIT);
        return new Child(spec, dir, progress);
    }

    @Override
    public void adoptInto(Family family) {
        family.adopt(List.of(mon));
        family.adopt(osds);
    }

    @Override
    public void start() {
        mon.start();
        List<Thread> stores = IntStream.range(0, CephFiles.OSDS)
                .mapToObj(osd -> Thread.ofVirtual().name("make-osd-" + osd).start(() -> files.makeOsd(osd)))
                .toList();
        introduce();
        stores.forEach(CephCluster::join);
        osds.forEach(Child::start);
        Waiting.until("Ceph's pool to take an object", READY_LIMIT, this::probe);
    }

    /** One session of the slow client for all that the monitor must be told. */
    private void introduce() {
        StringBuilder session = new StringBuilder();
        for (int osd = 0; osd < CephFiles.OSDS; osd++) {
            session.append("osd create ")
                    .append(files.osdId(osd))
                    .append(' ')
                    .append(osd)
                    .append('\n');
        }
        session.append("osd pool create %1$s %2$d %2$d\nosd pool application enable %1$s rbd\n"
                .formatted(POOL, PLACEMENT_GROUPS));
        Run.ok(CLIENT_LIMIT, client("ceph"), session.toString());
    }

    private Waiting.Look<Boolean> probe() {
        List<String> put = new ArrayList<>(client("rados"));
        put.addAll(List.of("-p", POOL, "put", "ready", "-"));
        Run.Result result = Run.result(PROBE_LIMIT, put, "ready");
        return result.ok()
                ? Waiting.Look.ready(true)
                : Waiting.Look.notYet(result.output().strip());
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A client program with this cluster's settings, to which arguments can be added; it gives up by itself. */
    public List<String> client(String program) {
        return namespace.exec(program, "-c", configuration().toString());
    }

    public Path configuration() {
        return files.configuration();
    }

    @Override
    public Map<String, String> hostSettings() {
        return Map.of("ceph_mon", LabNetwork.GATEWAY + ":6789", "ceph_options", "name=admin,secret=" + adminKey);
    }

    @Override
    public String outside() {
        return "rbd:" + configuration() + ":" + POOL;
    }

    @Override
    public String inside() {
        return "rbd:/etc/ceph/ceph.conf:" + POOL;
    }

    @Override
    public List<String> locks() {
        return names(ask("rados", "-p", POOL, "ls"), "lpm.lock.");
    }

    @Override
    public List<String> disks() {
        return names(ask("rbd", "ls", POOL), "disk-");
    }

    private static List<String> names(String list, String prefix) {
        return list.lines().filter(name -> name.startsWith(prefix)).toList();
    }

    @Override
    public Optional<String> shutOut() {
        return Optional.of(ask("ceph", "osd", "blocklist", "ls"));
    }

    @Override
    public void resume() {
        resumeMon();
    }

    @Override
    public void heal() {
        resume();
        osds.forEach(Child::start);
    }

    /** Kills one of the OSDs 0 to 2; it stays down until {@link #startOsd}. */
    public void killOsd(int osd) {
        osds.get(osd).halt();
    }

    public void startOsd(int osd) {
        osds.get(osd).start();
    }

    /** The monitor neither answers nor dies: maps stand still, known OSDs go on. */
    public void pauseMon() {
        mon.freeze();
    }

    public void resumeMon() {
        mon.thaw();
    }

    /** What {@code ceph -s} says; a failure when no monitor answers. */
    public String status() {
        return ask("ceph", "-s");
    }

    /** What a client program answers; a failure when it does not or says no. */
    public String ask(String program, String... arguments) {
        List<String> command = new ArrayList<>(client(program));
        command.addAll(List.of(arguments));
        return Run.ok(CLIENT_LIMIT, command);
    }
}
