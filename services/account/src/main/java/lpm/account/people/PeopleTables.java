package lpm.account.people;

import java.util.List;
import lpm.contracts.Envelope;
import lpm.platform.KnownView;
import lpm.platform.Rows;

/** Has the tables of {@link People} made. No message writes them: what is in them never is in a message. */
public final class PeopleTables implements KnownView {
    @Override
    public List<String> tables() {
        return People.TABLES;
    }

    @Override
    public void note(Envelope<?> foreign, Rows rows) {
        // nothing personal comes in messages
    }
}
