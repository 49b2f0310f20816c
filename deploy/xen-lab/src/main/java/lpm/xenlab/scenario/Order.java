package lpm.xenlab.scenario;

import java.time.Duration;
import lpm.cli.ApiFailure;
import lpm.local.LocalFailure;
import lpm.local.Progress;
import lpm.local.Waiting;
import lpm.xenlab.XenHost;

/** Puts everything in order again after a scenario, however it ended. */
final class Order {
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Stage stage;
    private final Progress progress;

    Order(Stage stage, Progress progress) {
        this.stage = stage;
        this.progress = progress;
    }

    /** Heals, switches on, waits until both hosts take Linodes again; deletes the scenario's Linodes. */
    void restore() {
        stage.lab().pool().heal();
        stage.lab().network().heal(1, 2);
        for (XenHost host : stage.lab().hosts()) {
            host.linkUp();
            host.resume();
            host.powerOn();
            stage.agent(host.name()).thaw();
            stage.agent(host.name()).start();
        }
        stage.lab().hosts().forEach(XenHost::awaitReady);
        stage.lab().hosts().forEach(host -> usable(host.name()));
        stage.made().forEach(this::delete);
    }

    private void usable(String host) {
        Waiting.until("host " + host + " active", LIMIT, PAUSE, () -> {
            String state = stage.calm(() -> stage.hostState(host));
            if (state.equals("cordoned")) {
                stage.operator().post("/ops/v1/hosts/" + host + "/uncordon");
            }
            return state.equals("active") ? Waiting.Look.ready(true) : Waiting.Look.notYet(state);
        });
    }

    private void delete(Guest guest) {
        String path = Guest.INSTANCES + "/" + guest.id();
        Waiting.until("Linode " + guest.id() + " deleted", LIMIT, PAUSE, () -> {
            try {
                String status = stage.customer().get(path).path("status").asText();
                if (!status.equals("deleting")) {
                    stage.customer().delete(path);
                }
                return Waiting.Look.notYet(status);
            } catch (ApiFailure e) {
                return e.status() == Stage.NOT_FOUND ? Waiting.Look.ready(true) : Waiting.Look.notYet(e.sentence());
            }
        });
    }

    /** The same, where a failure is told and no more: another one is being told already. */
    void restoreAsFarAsPossible() {
        try {
            restore();
        } catch (LocalFailure | ApiFailure e) {
            progress.say("  not everything could be put in order: %s", String.valueOf(e.getMessage()));
        }
    }
}
