package lpm.verify.invariant;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import lpm.contracts.host.HostCommand.DeliverSecret;
import lpm.verify.history.Entry;
import lpm.verify.history.History;

/** I25: no secret in clear where messages are kept. */
final class SecretChecks implements Invariant.Look {
    private static final Pattern SECRET =
            Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY|\\$[156y]\\$[./A-Za-z0-9]|Bearer [A-Za-z0-9._-]{16}");

    private final List<String> canaries;

    /** Looks also for these very secrets, which are known to have been given to the platform. */
    SecretChecks(List<String> canaries) {
        this.canaries = canaries.stream().filter(each -> !each.isBlank()).toList();
    }

    @Override
    public void at(History history, Findings findings) {
        history.everything().forEach(each -> {
            findings.look();
            found(text(each)).ifPresent(what -> findings.broken(each, what));
        });
    }

    /** Everything a message says, but for what is sealed to a host's key. */
    private static String text(Entry each) {
        Record data = each.data() instanceof DeliverSecret it
                ? new DeliverSecret(it.at(), it.linode(), it.secretRef(), "")
                : each.data();
        return data + " " + each.message().reason() + " " + each.message().actor();
    }

    private Optional<String> found(String text) {
        if (SECRET.matcher(text).find()) {
            return Optional.of("it carries what looks like a key, a password's hash or a token");
        }
        return canaries.stream().anyMatch(text::contains)
                ? Optional.of("it carries a secret that was given to the platform")
                : Optional.empty();
    }
}
