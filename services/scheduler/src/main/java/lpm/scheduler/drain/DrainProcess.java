package lpm.scheduler.drain;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lpm.contracts.Envelope;
import lpm.contracts.scheduler.DrainEvent;
import lpm.contracts.scheduler.DrainEvent.DrainBlocked;
import lpm.contracts.scheduler.DrainEvent.DrainCancelled;
import lpm.contracts.scheduler.DrainEvent.DrainCompleted;
import lpm.contracts.scheduler.DrainEvent.DrainMoveEnded;
import lpm.contracts.scheduler.DrainEvent.DrainMoveStarted;
import lpm.contracts.scheduler.DrainEvent.DrainStarted;
import lpm.platform.Process;
import lpm.platform.Reaction;

/** Every step asks for the next one; who cannot leave is asked again later, ever more seldom. */
public final class DrainProcess implements Process<DrainEvent> {
    /** How long after a failed attempt the next one follows; doubles with each. */
    static final Duration AGAIN_AFTER = Duration.ofSeconds(15);

    /** The longest wait between two attempts. */
    static final Duration AGAIN_AT_MOST = Duration.ofMinutes(5);

    private static final int MAX_DOUBLINGS = 5;

    @Override
    public List<Reaction> react(Envelope<DrainEvent> event) {
        return switch (event.data()) {
            case DrainStarted e -> next(e.drain());
            case DrainMoveStarted e -> next(e.drain());
            case DrainMoveEnded e when e.moved() -> next(e.drain());
            case DrainMoveEnded e ->
                List.of(
                        Reaction.send(new NextDrainMove(e.drain())),
                        Reaction.remind(AGAIN_AFTER, new TryDrainMove(e.drain(), e.linode())));
            case DrainBlocked e -> blocked(e);
            case DrainCompleted _, DrainCancelled _ -> List.of();
        };
    }

    private static List<Reaction> next(long drain) {
        return List.of(Reaction.send(new NextDrainMove(drain)));
    }

    private static List<Reaction> blocked(DrainBlocked event) {
        List<Reaction> reactions = new ArrayList<>(next(event.drain()));
        event.linodes()
                .forEach(linode ->
                        reactions.add(Reaction.remind(wait(event.attempt()), new TryDrainMove(event.drain(), linode))));
        return reactions;
    }

    static Duration wait(int attempt) {
        Duration wait = AGAIN_AFTER.multipliedBy(1L << Math.clamp(attempt - 1, 0, MAX_DOUBLINGS));
        return wait.compareTo(AGAIN_AT_MOST) > 0 ? AGAIN_AT_MOST : wait;
    }
}
