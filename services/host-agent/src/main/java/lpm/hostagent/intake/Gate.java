package lpm.hostagent.intake;

import java.time.Instant;
import java.util.OptionalLong;
import lpm.contracts.Cause;
import lpm.contracts.HostRef;
import lpm.contracts.host.HostCommand;
import lpm.hostagent.journal.JournalState;
import lpm.hostagent.steps.Observed;

/** Which orders are carried out. Pure: what the agent remembers, what it sees and the time come in. */
final class Gate {
    private Gate() {}

    /** What is to happen to an order. */
    sealed interface Verdict {
        /** Carry it out. */
        record Pass() implements Verdict {}

        /** It was dealt with before: nothing, and nothing is said again. */
        record Drop() implements Verdict {}

        /** It is meant for a registration this host does not have yet: keep it. */
        record Hold() implements Verdict {}

        /** Say that it is not carried out. */
        record Refuse(String reason) implements Verdict {}
    }

    /** The checks that need no look at the hypervisor. */
    static Verdict admit(Order order, HostCommand command, JournalState known, HostRef self, Instant now) {
        Cause cause = order.envelope.cause();
        if (cause != null && known.isDone(cause) && !isQuestion(command)) {
            return new Verdict.Drop();
        }
        Instant notAfter = order.envelope.notAfter();
        if (notAfter != null && now.isAfter(notAfter)) {
            return new Verdict.Refuse("expired at " + notAfter);
        }
        if (!command.at().host().equals(self.host())) {
            return new Verdict.Refuse("meant for host " + command.at().host());
        }
        long meantFor = command.at().hostEpoch();
        if (self.hostEpoch() == 0) {
            // A refusal is believed only from a registered host.
            return new Verdict.Hold();
        }
        if (meantFor < self.hostEpoch()) {
            return new Verdict.Refuse("meant for host epoch " + meantFor + ", now " + self.hostEpoch());
        }
        return meantFor > self.hostEpoch() ? new Verdict.Hold() : new Verdict.Pass();
    }

    /** The check right before acting: nobody acts for an owner older than the newest that is known or seen here. */
    static Verdict owner(HostCommand command, Observed here) {
        OptionalLong epoch = ownerEpoch(command);
        long newest = Math.max(here.memory().ownerEpoch(), here.domain().seen().ownerEpoch());
        if (epoch.isPresent() && epoch.getAsLong() < newest) {
            return new Verdict.Refuse("owner epoch " + epoch.getAsLong() + " is older than " + newest);
        }
        return new Verdict.Pass();
    }

    /** Questions are answered as often as they are asked. */
    static boolean isQuestion(HostCommand command) {
        return command instanceof HostCommand.DescribeLinode || command instanceof HostCommand.ReportInventory;
    }

    private static OptionalLong ownerEpoch(HostCommand command) {
        return switch (command) {
            case HostCommand.BootLinode it -> OptionalLong.of(it.ownerEpoch());
            case HostCommand.ShutdownLinode it -> OptionalLong.of(it.ownerEpoch());
            case HostCommand.RebootLinode it -> OptionalLong.of(it.ownerEpoch());
            case HostCommand.DestroyLinode it -> OptionalLong.of(it.ownerEpoch());
            case HostCommand.AttachDevice it -> OptionalLong.of(it.ownerEpoch());
            case HostCommand.DetachDevice it -> OptionalLong.of(it.ownerEpoch());
            case HostCommand.SendLinode it -> OptionalLong.of(it.ownerEpoch());
            case HostCommand.CancelSend it -> OptionalLong.of(it.ownerEpoch());
            case HostCommand.EnsureRunning it -> OptionalLong.of(it.ownerEpoch());
            case HostCommand.PrepareIncoming it -> OptionalLong.of(it.nextEpoch());
            case HostCommand.ResumeLinode it -> OptionalLong.of(it.ownerEpoch());
            // Destroying the paused copy of one named migration is safe at any time.
            case HostCommand.CancelIncoming _ -> OptionalLong.empty();
            // These act on no domain; the pool itself compares the epochs of locks.
            case HostCommand.AdoptEpoch _,
                    HostCommand.ReportInventory _,
                    HostCommand.DeliverSecret _,
                    HostCommand.CreateDisk _,
                    HostCommand.ResizeBytes _,
                    HostCommand.DeleteBytes _,
                    HostCommand.CreateVolumeBytes _,
                    HostCommand.TakeLocks _,
                    HostCommand.RevokeLease _,
                    HostCommand.ConnectDevices _,
                    HostCommand.DescribeLinode _ -> OptionalLong.empty();
        };
    }
}
