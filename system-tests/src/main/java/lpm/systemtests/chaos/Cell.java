package lpm.systemtests.chaos;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import lpm.local.LocalFailure;

/** One cell of the kill matrix: what breaks, at which phase of a live migration, and how. */
record Cell(Component component, Phase phase, Fault fault) {

    /** What breaks. */
    enum Component {
        account,
        scheduler,
        migration,
        storage,
        sourceAgent,
        targetAgent,
        kafka,
        postgresql,
        sourceHost,
        targetHost;

        boolean isHost() {
            return this == sourceHost || this == targetHost;
        }
    }

    /** What a migration has reached. */
    enum Phase {
        /** Storage prepares the target. */
        preparing("migration.MigrationStarted", "migration.TargetStorageReady"),
        /** The target gets ready to take the Linode in. */
        inviting("migration.TargetStorageReady", "migration.HandoverOpened"),
        /** The hand-over is open and memory is copied. */
        copying("migration.CopyStarted", "migration.TargetReceived"),
        /** The guest stands still, its last pages are not sent; no event tells so, the hypervisor does. */
        switching("migration.CopyStarted", "migration.TargetReceived"),
        /** The target holds the whole paused copy, the source still has its own. */
        received("migration.TargetReceived", "migration.HandoverCommitted"),
        /** The point of no return is behind, the target does not run yet. */
        committed("migration.HandoverCommitted", "migration.MigrationCompleted"),
        /** It runs at the target; the source's capacity and devices are being given back. */
        finishing("migration.MigrationCompleted", "storage.MoveReleased");

        private final String opening;
        private final String closing;

        Phase(String opening, String closing) {
            this.opening = opening;
            this.closing = closing;
        }

        /** The event after which it begins. */
        String opening() {
            return opening;
        }

        /** The event before which it ends. */
        String closing() {
            return closing;
        }
    }

    /** How it breaks. */
    enum Fault {
        /** Killed without warning and started again; a host loses its power. */
        kill,
        /** Stands still for a while; a host does not reach its pool for a while. */
        stop,
        /** Reaches nobody for a while. */
        cut
    }

    /**
     * The whole matrix. The phases around the point of no return come first, and every ten cells touch each component
     * once: a run that is cut short has seen something of everything.
     */
    static List<Cell> all() {
        List<Cell> cells = new ArrayList<>();
        addAll(cells, List.of(Phase.received, Phase.committed, Phase.switching));
        addAll(cells, List.of(Phase.copying, Phase.inviting, Phase.preparing, Phase.finishing));
        return List.copyOf(cells);
    }

    private static void addAll(List<Cell> cells, List<Phase> phases) {
        Component[] components = Component.values();
        int combinations = phases.size() * Fault.values().length;
        for (int round = 0; round < combinations; round++) {
            for (int i = 0; i < components.length; i++) {
                int combination = (round + i) % combinations;
                Phase phase = phases.get(combination % phases.size());
                cells.add(new Cell(components[i], phase, Fault.values()[combination / phases.size()]));
            }
        }
    }

    /**
     * Whether a filter such as {@code component=source-agent+kafka} lets this cell through.
     *
     * @throws LocalFailure for a name or a value that there is not
     */
    boolean matches(Map<String, String> filter) {
        return filter.entrySet().stream().allMatch(each -> {
            List<String> wanted = Arrays.asList(each.getValue().split("\\+"));
            return switch (each.getKey()) {
                case "component" -> oneOf(wanted, Component.values(), component);
                case "phase" -> oneOf(wanted, Phase.values(), phase);
                case "fault" -> oneOf(wanted, Fault.values(), fault);
                default ->
                    throw new LocalFailure("Expected component=, phase= or fault=, found " + each.getKey() + "=");
            };
        });
    }

    private static boolean oneOf(List<String> wanted, Enum<?>[] all, Enum<?> own) {
        List<String> names = Arrays.stream(all).map(Cell::label).toList();
        if (!names.containsAll(wanted)) {
            throw new LocalFailure("Expected some of " + names + ", found " + wanted);
        }
        return wanted.contains(label(own));
    }

    /** A constant as it is typed and printed, such as {@code source-agent}. */
    static String label(Enum<?> constant) {
        return constant.name().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return label(component) + " " + label(phase) + " " + label(fault);
    }
}
