package lpm.systemtests.explore;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Makes the script of a seed: a workload, and faults of the families that are asked for. */
final class Generator {
    private static final int HOSTS = 3;
    private static final int LINODES = 6;
    private static final int VOLUMES = 3;
    private static final long FIRST_MILLIS = 12_000;
    private static final long SPAN_MILLIS = 120_000;
    private static final int OPERATIONS_PER_FAULT = 3;
    private static final int SEEDS_PER_SECRETS = 3;

    private final Random random;
    /** Of its own: who orders a login changes nothing else of the workload. */
    private final Random secrets;

    private final boolean withSecrets;
    private final int operations;
    private final List<FaultFamily> families;
    private final List<Step> steps = new ArrayList<>();

    private Generator(long seed, int operations, Set<FaultFamily> families) {
        this.random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
        this.secrets = new Random(seed * 0x9E3779B97F4A7C15L + 2);
        this.withSecrets = secrets.nextInt(SEEDS_PER_SECRETS) == 0;
        this.operations = operations;
        this.families = families.stream().sorted().toList();
    }

    /** The same script for the same seed, number of operations and families. */
    static Script script(long seed, int operations, Set<FaultFamily> families) {
        Generator generator = new Generator(seed, operations, families);
        generator.workload();
        generator.faults();
        generator.steps.sort(Comparator.comparing(step -> step.at().orElseThrow()));
        return new Script(seed, HOSTS, generator.steps);
    }

    private void workload() {
        for (int i = 1; i <= LINODES - 2; i++) {
            add(i * 200L, create(i, pick("nanode", "nanode", "small", "large")));
        }
        add(7_000, "volume 1");
        add(7_100, "volume 2");
        add(7_200, "issue-token 1");
        for (int i = 0; i < operations; i++) {
            add(moment(), operation());
        }
    }

    private String create(int linode, String type) {
        return "create " + linode + " " + type + (withSecrets && secrets.nextBoolean() ? " secret" : "");
    }

    private String operation() {
        return switch (random.nextInt(32)) {
            case 0, 1, 2, 3, 4, 5, 6, 7 -> "migrate " + linode();
            case 8 -> "migrate " + linode() + " cold";
            case 9, 10 -> create(linode(), pick("nanode", "large", "huge"));
            case 11, 12 -> "shutdown " + linode();
            case 13, 14 -> "boot " + linode();
            case 15 -> "reboot " + linode();
            case 16 -> "resize " + linode() + " " + pick("nanode", "small", "large");
            case 17, 18 -> "delete " + linode();
            case 19, 20, 21 -> "attach " + volume() + " " + linode();
            case 22, 23 -> "detach " + volume();
            case 24 -> "volume 3";
            case 25 -> "delete-volume " + volume();
            case 26, 27 -> "drain " + host();
            case 28 -> "uncordon " + host();
            case 29 -> "rebalance";
            case 30 -> pick("revoke-token 1", "issue-token 2", "revoke-token 2", "resize-volume " + volume() + " 40");
            default -> pick("cordon " + host(), "suspend-account", "resume-account");
        };
    }

    private void faults() {
        if (families.isEmpty()) {
            return;
        }
        int count = 1 + operations / OPERATIONS_PER_FAULT;
        for (int i = 0; i < count; i++) {
            FaultFamily family = families.get(random.nextInt(families.size()));
            family.example(random).forEach(each -> add(moment(), each));
        }
    }

    private void add(long millis, String line) {
        steps.add(Step.at(millis, line));
    }

    private long moment() {
        return FIRST_MILLIS + random.nextLong(SPAN_MILLIS);
    }

    private String pick(String... choice) {
        return choice[random.nextInt(choice.length)];
    }

    private int linode() {
        return 1 + random.nextInt(LINODES);
    }

    private int volume() {
        return 1 + random.nextInt(VOLUMES);
    }

    private String host() {
        return "h" + (1 + random.nextInt(HOSTS));
    }
}
