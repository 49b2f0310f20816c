package lpm.account.activity;

import java.util.List;
import java.util.Optional;
import lpm.contracts.account.ActivityEvent.Entity;
import lpm.contracts.account.ActivityEvent.Status;

/** What one fact means for the feed. */
public sealed interface Step {
    /** What an activity is about. */
    record Subject(String type, long id) {
        static Subject linode(long id) {
            return new Subject("linode", id);
        }

        static Subject volume(long id) {
            return new Subject("volume", id);
        }

        /** Names it within the feed. */
        String key() {
            return type + ":" + id;
        }
    }

    /**
     * An action begins, or, where the same action of the subject is open already, moves on to this status.
     *
     * @param label the subject's label, where the fact tells it
     */
    record Begin(String action, Status status, Subject subject, Optional<String> label, Optional<Entity> secondary)
            implements Step {}

    /**
     * Open actions of the subject move on.
     *
     * @param actions which ones; none means all
     * @param startedOnly leaves those alone that are only scheduled
     */
    record Progress(Subject subject, List<String> actions, Status status, int percent, boolean startedOnly)
            implements Step {
        public Progress {
            actions = List.copyOf(actions);
        }
    }

    static Step begin(String action, Status status, Subject subject) {
        return new Begin(action, status, subject, Optional.empty(), Optional.empty());
    }

    static Step begin(String action, Status status, Subject subject, Entity secondary) {
        return new Begin(action, status, subject, Optional.empty(), Optional.of(secondary));
    }

    static Step at(Subject subject, int percent, String... actions) {
        return new Progress(subject, List.of(actions), Status.started, percent, false);
    }

    static Step finished(Subject subject, String... actions) {
        return new Progress(subject, List.of(actions), Status.finished, 100, false);
    }

    static Step failed(Subject subject, String... actions) {
        return new Progress(subject, List.of(actions), Status.failed, 100, false);
    }
}
