package lpm.platform.kafka;

import java.time.Clock;
import lpm.platform.App;
import lpm.platform.Rows;
import lpm.platform.axon.AxonCommands;
import lpm.platform.json.Messages;
import lpm.platform.ops.Meters;
import lpm.platform.store.Bell;
import lpm.platform.store.DueCommands;
import lpm.platform.store.EventLog;
import lpm.platform.store.Stop;
import lpm.platform.store.Store;

/**
 * The parts of a service that its edge to Kafka works with.
 *
 * @param appended rung when events were stored
 * @param dueBell rung when own commands became due
 */
public record Inside(
        App app,
        Store store,
        AxonCommands commands,
        Rows rows,
        Messages messages,
        EventLog log,
        DueCommands due,
        Listeners listeners,
        Bell appended,
        Bell dueBell,
        Meters meters,
        Clock clock,
        Stop stop) {}
