package lpm.xenlab.scenario;

import java.util.List;
import java.util.Locale;

/** Stops and starts that the customer orders. */
final class Restarts {
    static final List<Scenario> SCENARIOS = List.of(Scenario.more("rebooted-and-booted-by-order", Restarts::byOrder));

    private Restarts() {}

    /** The next start comes as soon as the last run is over, on the same disks. */
    private static String byOrder(Stage stage) {
        Guest guest = stage.guest();
        double first = reboot(stage, guest);
        double second = reboot(stage, guest);
        String instance = Guest.INSTANCES + "/" + guest.id();
        stage.customer().post(instance + "/shutdown");
        guest.awaitStatus("offline");
        long asked = System.nanoTime();
        stage.customer().post(instance + "/boot");
        guest.foundAfter(asked);
        double booted = DoubleRunWitness.seconds(System.nanoTime() - asked);
        guest.awaitRunning();
        return String.format(
                Locale.ROOT,
                "its disk read back %.1f and %.1f s after the order to reboot, %.1f s after the order to boot",
                first,
                second,
                booted);
    }

    private static double reboot(Stage stage, Guest guest) {
        long asked = System.nanoTime();
        stage.customer().post(Guest.INSTANCES + "/" + guest.id() + "/reboot");
        guest.foundAfter(asked);
        double found = DoubleRunWitness.seconds(System.nanoTime() - asked);
        guest.awaitRunning();
        return found;
    }
}
