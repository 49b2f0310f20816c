package lpm.verify.source;

import java.sql.Connection;
import java.sql.SQLException;

/** Gives connections that may read one service's schema; whoever asks closes them. */
@FunctionalInterface
public interface Connections {
    Connection open(String service) throws SQLException;
}
