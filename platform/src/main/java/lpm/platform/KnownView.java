package lpm.platform;

import java.util.List;
import lpm.contracts.Envelope;

/** Keeps what this service must know of others' facts (who has a valid token, where a Linode runs) in own rows. */
public interface KnownView {
    /** The tables it writes; only it writes them. Names start with {@code known_}. */
    List<String> tables();

    void note(Envelope<?> foreign, Rows rows);
}
