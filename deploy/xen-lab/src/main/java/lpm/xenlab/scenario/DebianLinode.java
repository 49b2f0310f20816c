package lpm.xenlab.scenario;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import lpm.local.Waiting;
import lpm.xenlab.GuestLogin;
import lpm.xenlab.LabCustomer;

/** A whole Debian, as customers order it. */
final class DebianLinode {
    static final List<Scenario> SCENARIOS = List.of(Scenario.more("debian-logged-in-to", DebianLinode::loggedInTo));

    private static final String PASSWORD = "an0ther long lab Passw0rd";
    private static final String OTHER_PASSWORD = "not the Passw0rd of it";
    private static final String SYSTEM = ". /etc/os-release; echo \"$PRETTY_NAME\"";

    private DebianLinode() {}

    /** Root is let in by the password and the key of the order alone; an open session outlives a move. */
    private static String loggedInTo(Stage stage) {
        stage.lab().addDebian();
        ObjectNode order =
                LabCustomer.order("lab-256").put("image", "lab/debian").put("root_pass", PASSWORD);
        order.putArray("authorized_keys").add(stage.lab().publicKey());
        long ordered = System.nanoTime();
        Guest guest = stage.ordered(order).awaitRunning();
        GuestLogin login = stage.lab().login(guest.address());
        Waiting.until(
                "ssh of " + guest.name(),
                Guest.LIMIT,
                () -> login.byKey("true")
                        ? Waiting.Look.ready(true)
                        : Waiting.Look.notYet("root is not let in by key"));
        double letIn = DoubleRunWitness.seconds(System.nanoTime() - ordered);
        GuestLogin.Attempt wrong = login.byPassword(OTHER_PASSWORD, SYSTEM);
        Failed.unless(!wrong.ok() && wrong.output().contains("Permission denied"), "another password refused", wrong);
        GuestLogin.Attempt right = login.byPassword(PASSWORD, SYSTEM);
        Failed.unless(right.ok() && right.output().startsWith("Debian GNU/Linux"), "root in a Debian", right);
        try (GuestLogin.Session session = login.open()) {
            String before = session.bootId();
            Move move = guest.migrate();
            move.mustComplete();
            String after = session.bootId();
            Failed.unless(after.equals(before), "the same session in the kernel of boot " + before, after);
            return String.format(
                    Locale.ROOT,
                    "%s; root let in by key %.1f s after the order, by password too, by another one not; an open"
                            + " session went along: %s",
                    right.output(),
                    letIn,
                    move.figures());
        }
    }
}
