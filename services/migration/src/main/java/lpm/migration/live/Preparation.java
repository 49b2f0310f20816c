package lpm.migration.live;

import lpm.contracts.HostRef;
import lpm.contracts.migration.MigrationEvent;
import lpm.contracts.migration.MigrationEvent.HandoverOpened;
import lpm.contracts.migration.MigrationEvent.MigrationAborted;
import lpm.contracts.migration.MigrationEvent.TargetStorageReady;
import lpm.migration.live.AttemptCommand.Begin;
import lpm.migration.live.AttemptCommand.Cancel;
import lpm.migration.live.AttemptCommand.NoteBootFailed;
import lpm.migration.live.AttemptCommand.NoteBooted;
import lpm.migration.live.AttemptCommand.NoteGuestPause;
import lpm.migration.live.AttemptCommand.NoteHost;
import lpm.migration.live.AttemptCommand.NoteIncomingReady;
import lpm.migration.live.AttemptCommand.NoteIncomingRefused;
import lpm.migration.live.AttemptCommand.NoteOrderRefused;
import lpm.migration.live.AttemptCommand.NoteReceived;
import lpm.migration.live.AttemptCommand.NoteReleased;
import lpm.migration.live.AttemptCommand.NoteResumed;
import lpm.migration.live.AttemptCommand.NoteSeen;
import lpm.migration.live.AttemptCommand.NoteSendFailed;
import lpm.migration.live.AttemptCommand.NoteSendStarted;
import lpm.migration.live.AttemptCommand.NoteSilence;
import lpm.migration.live.AttemptCommand.NoteStopped;
import lpm.migration.live.AttemptCommand.NoteStorageReady;
import lpm.migration.live.AttemptCommand.NoteStorageRefused;
import lpm.migration.live.AttemptCommand.Step;
import lpm.migration.live.MigrationState.Inviting;
import lpm.migration.live.MigrationState.Preparing;
import lpm.platform.Decision;

/**
 * Before the window: nothing was said to the source yet, so the Linode is at the source whatever happens. Any
 * failure, refusal or silence ends the attempt, and no answer can come too late to be harmless.
 */
final class Preparation {
    private static final String PREPARE_INCOMING = "PrepareIncoming";

    private Preparation() {}

    static Decision<MigrationEvent> decide(AttemptCommand command, Preparing state) {
        Terms terms = state.terms();
        return switch (command) {
            case NoteStorageReady _ -> Decision.accept(terms.cold() ? opened(terms, "") : storageReady(terms));
            case NoteStorageRefused(var _, String reason) -> abort(terms, reason);
            case NoteSilence(var _, Step step, int _, HostKnown _, HostKnown _) ->
                step == Step.preparing ? abort(terms, "the storage of the target did not answer") : Decision.accept();
            case Cancel(var _, String reason) -> abort(terms, reason);
            case NoteHost(var _, HostKnown known) -> hostOut(terms, known);
            case NoteIncomingReady _, NoteIncomingRefused _, NoteOrderRefused _ -> Decision.accept();
            case Begin _, NoteSendStarted _, NoteReceived _, NoteReleased _, NoteSendFailed _ -> Decision.accept();
            case NoteResumed _, NoteSeen _, NoteStopped _, NoteBooted _, NoteBootFailed _ -> Decision.accept();
            case NoteGuestPause _ -> Decision.accept();
        };
    }

    static Decision<MigrationEvent> decide(AttemptCommand command, Inviting state) {
        Terms terms = state.terms();
        return switch (command) {
            case NoteIncomingReady(var _, HostRef by, String uri) ->
                terms.isTarget(by) ? Decision.accept(opened(terms, uri)) : Decision.accept();
            case NoteIncomingRefused(var _, HostRef by, String reason) ->
                terms.isTarget(by) ? abort(terms, reason) : Decision.accept();
            case NoteOrderRefused(var _, HostRef by, String order, String reason) ->
                by.host().equals(terms.target().host()) && order.endsWith(PREPARE_INCOMING)
                        ? abort(terms, reason)
                        : Decision.accept();
            case NoteSilence(var _, Step step, int _, HostKnown _, HostKnown _) ->
                step == Step.inviting ? abort(terms, "the target did not answer") : Decision.accept();
            case Cancel(var _, String reason) -> abort(terms, reason);
            case NoteHost(var _, HostKnown known) -> hostOut(terms, known);
            case Begin _, NoteStorageReady _, NoteStorageRefused _ -> Decision.accept();
            case NoteSendStarted _, NoteReceived _, NoteReleased _, NoteSendFailed _ -> Decision.accept();
            case NoteResumed _, NoteSeen _, NoteStopped _, NoteBooted _, NoteBootFailed _ -> Decision.accept();
            case NoteGuestPause _ -> Decision.accept();
        };
    }

    private static Decision<MigrationEvent> hostOut(Terms terms, HostKnown known) {
        if (known.fenced(terms.source())) {
            return Decision.accept(aborted(terms, true, "the source was fenced"));
        }
        if (known.anew(terms.source())) {
            return abort(terms, "the source was registered anew");
        }
        if (known.fenced(terms.target()) || known.anew(terms.target())) {
            return abort(terms, "the target was fenced or registered anew");
        }
        return Decision.accept();
    }

    private static Decision<MigrationEvent> abort(Terms terms, String reason) {
        return Decision.accept(aborted(terms, false, reason));
    }

    static MigrationEvent aborted(Terms terms, boolean sourceFenced, String reason) {
        return new MigrationAborted(
                terms.migration(),
                terms.linode(),
                terms.source(),
                terms.target(),
                terms.ownerEpoch(),
                terms.nextEpoch(),
                false,
                false,
                sourceFenced,
                reason);
    }

    private static MigrationEvent storageReady(Terms terms) {
        return new TargetStorageReady(
                terms.migration(), terms.linode(), terms.target(), terms.nextEpoch(), terms.spec());
    }

    /** A cold move needs no invitation: its target only boots. */
    private static MigrationEvent opened(Terms terms, String targetUri) {
        return new HandoverOpened(
                terms.migration(),
                terms.linode(),
                terms.mode(),
                terms.source(),
                terms.target(),
                terms.ownerEpoch(),
                terms.nextEpoch(),
                targetUri,
                terms.maxPauseMillis());
    }
}
