package lpm.scheduler.linode;

import java.util.List;
import lpm.contracts.Envelope;
import lpm.platform.KnownView;
import lpm.platform.Rows;

/** Has the table of {@link Secrets} made. No message writes it: what is in it never is in a message. */
public final class SecretTables implements KnownView {
    @Override
    public List<String> tables() {
        return List.of(Secrets.TABLE);
    }

    @Override
    public void note(Envelope<?> foreign, Rows rows) {
        // secrets never come in messages
    }
}
