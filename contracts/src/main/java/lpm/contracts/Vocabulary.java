package lpm.contracts;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lpm.contracts.account.AccountEvent;
import lpm.contracts.account.ActivityEvent;
import lpm.contracts.account.AuditEvent;
import lpm.contracts.account.TokenEvent;
import lpm.contracts.account.UserEvent;
import lpm.contracts.host.HostCommand;
import lpm.contracts.host.HostReport;
import lpm.contracts.host.Telemetry;
import lpm.contracts.migration.MigrationCommand;
import lpm.contracts.migration.MigrationEvent;
import lpm.contracts.scheduler.AddressEvent;
import lpm.contracts.scheduler.DrainEvent;
import lpm.contracts.scheduler.HostEvent;
import lpm.contracts.scheduler.LinodeEvent;
import lpm.contracts.scheduler.PlacementEvent;
import lpm.contracts.scheduler.RebalanceEvent;
import lpm.contracts.scheduler.RecoveryEvent;
import lpm.contracts.scheduler.TenantEvent;
import lpm.contracts.storage.DiskEvent;
import lpm.contracts.storage.FenceEvent;
import lpm.contracts.storage.MoveEvent;
import lpm.contracts.storage.StorageCommand;
import lpm.contracts.storage.VolumeEvent;
import lpm.contracts.storage.VolumeTenantEvent;

/** Every word that crosses a wire, on one screen. */
public final class Vocabulary {
    /** The sealed interfaces of all published events. */
    public static final List<Class<?>> EVENTS = List.of(
            AccountEvent.class,
            UserEvent.class,
            TokenEvent.class,
            ActivityEvent.class,
            AuditEvent.class,
            LinodeEvent.class,
            HostEvent.class,
            TenantEvent.class,
            AddressEvent.class,
            DrainEvent.class,
            RebalanceEvent.class,
            PlacementEvent.class,
            RecoveryEvent.class,
            MigrationEvent.class,
            DiskEvent.class,
            VolumeEvent.class,
            VolumeTenantEvent.class,
            MoveEvent.class,
            FenceEvent.class,
            HostReport.class);

    /** The sealed interfaces of all commands that cross services. */
    public static final List<Class<?>> COMMANDS =
            List.of(StorageCommand.class, MigrationCommand.class, HostCommand.class);

    /** Soft state, never stored. */
    public static final List<Class<?>> TELEMETRY = List.of(Telemetry.class);

    /** Everything, by wire name. */
    public static final MessageTypes TYPES = new MessageTypes(
            Stream.of(EVENTS, COMMANDS, TELEMETRY).flatMap(List::stream).toList());

    private Vocabulary() {}

    /** The topic a command travels on; empty for a command inside one service. */
    public static Optional<String> topicOf(Command command) {
        return switch (command) {
            case StorageCommand _ -> Optional.of(Topics.STORAGE_COMMANDS);
            case MigrationCommand _ -> Optional.of(Topics.MIGRATION_COMMANDS);
            case HostCommand order -> Optional.of(Topics.hostCommands(order.at().host()));
            default -> Optional.empty();
        };
    }
}
