package lpm.verify.invariant;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import lpm.contracts.account.AuditEvent.AuditCheckpointed;
import lpm.verify.history.Checkpoint;
import lpm.verify.history.Entry;
import lpm.verify.history.History;

/**
 * I26, against whoever can write every store and topic: the audit is what signed checkpoints say. What was cut off
 * together with its checkpoints shows only by one that was kept elsewhere.
 */
final class CheckpointChecks implements Invariant.Look {
    private final Given given;

    CheckpointChecks(Given given) {
        this.given = given;
    }

    @Override
    public void at(History history, Findings findings) {
        List<String> chain = history.audit().chain();
        List<Checkpoint> all = new ArrayList<>();
        history.everything().forEach(each -> {
            if (each.data() instanceof AuditCheckpointed it) {
                Checkpoint taken = new Checkpoint(it.position(), it.hash());
                all.add(taken);
                findings.expect(isSigned(it), each, "none of the keys has signed it");
                if (!isYounger(each, taken, chain, history)) {
                    holds(taken, chain, each, findings);
                }
            }
        });
        given.kept().forEach(each -> holds(each, chain, "the checkpoint " + each + " that was kept", findings));
        all.stream()
                .max(Comparator.comparingLong(Checkpoint::position))
                .ifPresent(each -> findings.note("newest " + each));
    }

    /** Taken after the audit was read. */
    private static boolean isYounger(Entry entry, Checkpoint taken, List<String> chain, History history) {
        return taken.position() >= chain.size()
                && history.topics().storedSince().contains(entry.message().id());
    }

    private static void holds(Checkpoint taken, List<String> chain, Object where, Findings findings) {
        boolean there = taken.position() > 0 && taken.position() < chain.size();
        findings.expect(there, where, "the audit ends at " + (chain.size() - 1) + ", before it");
        if (there) {
            String found = chain.get((int) taken.position());
            findings.expect(
                    taken.hash().equals(found), where, "a row up to " + taken.position() + " is not what it was");
        }
    }

    private boolean isSigned(AuditCheckpointed it) {
        byte[] text =
                ("lpm audit checkpoint\n" + it.position() + "\n" + it.hash() + "\n").getBytes(StandardCharsets.UTF_8);
        return given.auditKeys().stream().anyMatch(key -> isSigned(key, text, it.signature()));
    }

    private static boolean isSigned(PublicKey key, byte[] text, String signature) {
        try {
            Signature check = Signature.getInstance(key.getAlgorithm());
            check.initVerify(key);
            check.update(text);
            return check.verify(Base64.getDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            return false;
        }
    }
}
