package lpm.xenlab.scenario;

import java.util.List;
import java.util.Locale;
import lpm.local.Waiting;

/** What a guest does by itself. */
final class GuestWishes {
    static final List<Scenario> SCENARIOS = List.of(
            Scenario.more("guest-shuts-itself-down", GuestWishes::off),
            Scenario.more("guest-reboots-itself", GuestWishes::reboot),
            Scenario.more("guest-migrated-while-it-boots", GuestWishes::whileBooting));

    private GuestWishes() {}

    private static String off(Stage stage) {
        Guest guest = stage.guest();
        long asked = System.nanoTime();
        stage.guests().order(guest.address(), "poweroff");
        guest.awaitStatus("offline");
        double offline = DoubleRunWitness.seconds(System.nanoTime() - asked);
        new Remains(stage).mustBeOnlyWhatRuns();
        stage.customer().post(Guest.INSTANCES + "/" + guest.id() + "/boot");
        guest.awaitRunning();
        return String.format(Locale.ROOT, "offline %.1f s after its own wish, nothing left; booted again", offline);
    }

    private static String reboot(Stage stage) {
        Guest guest = stage.guest();
        String host = guest.host();
        long asked = System.nanoTime();
        stage.guests().order(guest.address(), "reboot");
        guest.foundAfter(asked);
        double back = DoubleRunWitness.seconds(System.nanoTime() - asked);
        guest.mustRunOn(host);
        guest.migrate().mustComplete();
        return String.format(Locale.ROOT, "its disk read back %.1f s after its own wish; moved afterwards", back);
    }

    /** Its kernel may not be ready to stop for the copy: then the move ends and the guest goes on. */
    private static String whileBooting(Stage stage) {
        Guest guest = stage.ordered();
        guest.awaitStatus("running");
        Waiting.until(
                "a domain of " + guest.name(),
                Guest.LIMIT,
                () -> stage.witness().flags(guest.host(), guest.name()).isPresent()
                        ? Waiting.Look.ready(true)
                        : Waiting.Look.notYet("none"));
        boolean up = guest.acknowledged() > 0;
        Move move = guest.migrate();
        String end = move.mustEndWell();
        return end + (up ? " (it was up already)" : "") + ": "
                + move.now().path("reason").asText("");
    }
}
