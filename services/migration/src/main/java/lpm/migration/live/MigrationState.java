package lpm.migration.live;

import java.util.Optional;

/** Where an attempt stands. */
public sealed interface MigrationState {
    /** Nothing was ordered yet. */
    record None() implements MigrationState {}

    /** The target's way to the disks is being prepared. */
    record Preparing(Terms terms) implements MigrationState {}

    /** The target gets ready to take the Linode in. */
    record Inviting(Terms terms) implements MigrationState {}

    /**
     * The hand-over window: the source may already have let go, and only its own word or its fence can tell.
     *
     * @param received the target told that it holds a whole paused copy
     * @param probe how often both ends were asked
     */
    record Window(
            Terms terms, Optional<Long> predictedPauseMillis, boolean received, boolean cancelRequested, int probe)
            implements MigrationState {}

    /**
     * The source is out of it for good; only forward.
     *
     * @param givenUp the target was told to destroy its copy unless that is whole
     * @param probe how often the target was asked since the commit
     */
    record Committed(
            Terms terms,
            Optional<Long> predictedPauseMillis,
            Optional<Long> hypervisorPauseMillis,
            boolean givenUp,
            int probe)
            implements MigrationState {}

    /** Over. Of what comes later only the first measurement of the guest's pause counts. */
    record Ended(
            Terms terms,
            Outcome outcome,
            String reason,
            Optional<Long> predictedPauseMillis,
            Optional<Long> hypervisorPauseMillis,
            Optional<Long> pausedMillis,
            Optional<Long> guestPauseMillis)
            implements MigrationState {
        Ended measured(long guestPause) {
            return new Ended(
                    terms,
                    outcome,
                    reason,
                    predictedPauseMillis,
                    hypervisorPauseMillis,
                    pausedMillis,
                    Optional.of(guestPause));
        }
    }

    /** How an attempt can end. */
    enum Outcome {
        completed,
        aborted,
        lost
    }
}
