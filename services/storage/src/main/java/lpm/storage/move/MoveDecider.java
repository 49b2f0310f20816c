package lpm.storage.move;

import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;
import lpm.contracts.storage.MoveEvent;
import lpm.contracts.storage.MoveEvent.MoveFinished;
import lpm.contracts.storage.MoveEvent.MovePrepared;
import lpm.contracts.storage.MoveEvent.MoveRefused;
import lpm.contracts.storage.MoveEvent.MoveReleased;
import lpm.contracts.storage.MoveEvent.MoveRequested;
import lpm.platform.Decider;
import lpm.platform.Decision;
import lpm.storage.move.MoveCommand.Abort;
import lpm.storage.move.MoveCommand.AskAgain;
import lpm.storage.move.MoveCommand.Finish;
import lpm.storage.move.MoveCommand.NoteConnected;
import lpm.storage.move.MoveCommand.NoteUnreachable;
import lpm.storage.move.MoveCommand.Refuse;
import lpm.storage.move.MoveCommand.Request;
import lpm.storage.move.MoveState.Connecting;
import lpm.storage.move.MoveState.Held;
import lpm.storage.move.MoveState.None;
import lpm.storage.move.MoveState.Over;
import lpm.storage.move.MoveState.Refused;

/**
 * Decides about one migration's hold on a Linode's devices: from the order to prepare until the migration's end.
 * The migration waits for the answer, so an order that comes again is answered again.
 */
public final class MoveDecider implements Decider<MoveCommand, MoveState, MoveEvent> {
    /** A target that does not answer so often does not reach the devices. */
    static final int MAX_ASKED = 4;

    @Override
    public MoveState initial() {
        return new None();
    }

    @Override
    public Decision<MoveEvent> decide(MoveCommand command, MoveState state) {
        return switch (command) {
            case Request request -> request(request, state);
            case Refuse(MigrationId migration, LinodeId linode, String reason) ->
                state instanceof None ? Decision.accept(new MoveRefused(migration, linode, reason)) : Decision.accept();
            case NoteConnected(MigrationId migration, HostRef by) ->
                state instanceof Connecting it && it.target().equals(by)
                        ? Decision.accept(new MovePrepared(migration, it.linode()))
                        : Decision.accept();
            case NoteUnreachable(MigrationId migration, HostRef by, String reason) ->
                state instanceof Connecting it && it.target().host().equals(by.host())
                        ? Decision.accept(new MoveRefused(migration, it.linode(), reason))
                        : Decision.accept();
            case AskAgain(MigrationId migration, long asked) -> askAgain(migration, asked, state);
            case Finish(MigrationId migration) ->
                switch (state) {
                    case Connecting it -> Decision.accept(new MoveFinished(migration, it.linode()));
                    case Held it -> Decision.accept(new MoveFinished(migration, it.linode()));
                    case None _, Refused _, Over _ -> Decision.accept();
                };
            case Abort(MigrationId migration) ->
                switch (state) {
                    case Connecting it -> Decision.accept(new MoveReleased(migration, it.linode()));
                    case Held it -> Decision.accept(new MoveReleased(migration, it.linode()));
                    case None _, Refused _, Over _ -> Decision.accept();
                };
        };
    }

    private static Decision<MoveEvent> request(Request it, MoveState state) {
        return switch (state) {
            case None _ ->
                Decision.accept(new MoveRequested(it.migration(), it.linode(), it.source(), it.target(), it.devices()));
            case Held _ -> Decision.accept(new MovePrepared(it.migration(), it.linode()));
            case Refused(LinodeId linode, String reason) ->
                Decision.accept(new MoveRefused(it.migration(), linode, reason));
            case Connecting _, Over _ -> Decision.accept();
        };
    }

    /** {@code asked} is the number of the order in the stream: while connecting there are only orders in it, from 0. */
    private static Decision<MoveEvent> askAgain(MigrationId migration, long asked, MoveState state) {
        if (!(state instanceof Connecting it) || asked != it.times() - 1) {
            return Decision.accept();
        }
        return it.times() < MAX_ASKED
                ? Decision.accept(new MoveRequested(migration, it.linode(), it.source(), it.target(), it.devices()))
                : Decision.accept(new MoveRefused(migration, it.linode(), "the target does not answer"));
    }

    @Override
    public MoveState evolve(MoveState state, MoveEvent event) {
        return switch (event) {
            case MoveRequested it ->
                new Connecting(it.linode(), it.source(), it.target(), it.devices(), times(state) + 1);
            case MovePrepared it -> new Held(it.linode());
            case MoveRefused it -> new Refused(it.linode(), it.reason());
            case MoveFinished it -> new Over(it.linode());
            case MoveReleased it -> new Over(it.linode());
        };
    }

    private static int times(MoveState state) {
        return state instanceof Connecting it ? it.times() : 0;
    }
}
