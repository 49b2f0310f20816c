package lpm.scheduler.linode;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lpm.contracts.BlockDevice;
import lpm.contracts.DiskSpec;
import lpm.contracts.Envelope;
import lpm.contracts.HostRef;
import lpm.contracts.scheduler.ConfigProfile;
import lpm.contracts.scheduler.DiskChange;
import lpm.contracts.scheduler.LinodeEvent;
import lpm.platform.Rows;
import lpm.platform.View;
import lpm.scheduler.host.HostUuid;
import lpm.scheduler.linode.LinodeJob.ChangingDisk;
import lpm.scheduler.linode.LinodeJob.Moving;
import lpm.scheduler.linode.LinodeJson.Devices;
import lpm.scheduler.linode.LinodeJson.Slot;
import lpm.scheduler.linode.LinodeState.Deleted;
import lpm.scheduler.linode.LinodeState.Lost;
import lpm.scheduler.linode.LinodeState.Placed;
import lpm.scheduler.linode.LinodeState.Unknown;
import lpm.scheduler.linode.LinodeState.Unplaced;
import org.jspecify.annotations.Nullable;

/** Linodes, their disks and configs as the API shows them, each row from the state after an event. */
public final class LinodeView implements View<LinodeEvent, LinodeState> {
    public static final String LINODES = "linode_view";
    public static final String DISKS = "disk_view";
    public static final String CONFIGS = "config_view";

    /**
     * What goes into the table: the API's keys, and what only this service knows. It is read as it was written, which
     * costs a replay nothing, because it has its newest rows at hand.
     */
    record Row(
            @JsonUnwrapped LinodeJson shown, @JsonUnwrapped LinodeFacts facts) {
        Stream<Long> disks() {
            return facts.diskSpecs().stream().map(each -> each.disk().value());
        }

        Stream<Long> configs() {
            return Stream.ofNullable(facts.profile()).map(ConfigProfile::configId);
        }
    }

    record DiskRow(
            @JsonUnwrapped LinodeJson.Disk shown,
            @JsonUnwrapped Owner owner) {}

    record ConfigRow(
            @JsonUnwrapped LinodeJson.Config shown,
            @JsonUnwrapped Owner owner) {}

    /** Whose a disk or config is. */
    record Owner(long linode, long account) {}

    @Override
    public List<String> tables() {
        return List.of(LINODES, DISKS, CONFIGS);
    }

    @Override
    public void project(Envelope<LinodeEvent> event, LinodeState after, Rows rows) {
        Instant now = event.occurredAt().truncatedTo(ChronoUnit.SECONDS);
        switch (after) {
            case Unknown _ -> {
                // nobody ordered it
            }
            case Deleted it -> {
                String id = it.id().toString();
                rows.get(LINODES, id, Row.class).ifPresent(before -> {
                    drop(rows, DISKS, before.disks(), List.of());
                    drop(rows, CONFIGS, before.configs(), List.of());
                });
                rows.delete(LINODES, id);
            }
            case Unplaced it -> put(rows, it.body(), it, now);
            case Lost it -> put(rows, it.body(), it, now);
            case Placed it -> put(rows, it.body(), it, now);
        }
    }

    private static void put(Rows rows, LinodeBody body, LinodeState state, Instant now) {
        String id = body.id().toString();
        Optional<Row> before = rows.get(LINODES, id, Row.class);
        Instant created = before.map(row -> row.shown().created()).orElse(now);
        List<DiskSpec> disks =
                Stream.concat(body.disks().stream(), beingAdded(state)).toList();
        rows.put(LINODES, id, new Row(shown(body, state, created, now), facts(body, state, disks)));
        Owner owner = new Owner(body.id().value(), body.account().value());
        disks.forEach(spec -> putDisk(rows, body, state, spec, owner, now));
        List<ConfigProfile> configs = body.config().stream().toList();
        configs.forEach(each -> rows.put(
                CONFIGS, String.valueOf(each.configId()), new ConfigRow(config(rows, each, body, now), owner)));
        before.ifPresent(it -> {
            drop(
                    rows,
                    DISKS,
                    it.disks(),
                    disks.stream().map(each -> each.disk().value()).toList());
            drop(
                    rows,
                    CONFIGS,
                    it.configs(),
                    configs.stream().map(ConfigProfile::configId).toList());
        });
    }

    private static void drop(Rows rows, String table, Stream<Long> before, List<Long> now) {
        before.filter(each -> !now.contains(each)).forEach(each -> rows.delete(table, String.valueOf(each)));
    }

    private static Stream<DiskSpec> beingAdded(LinodeState state) {
        return state instanceof Placed it && it.job() instanceof ChangingDisk job && job.change() == DiskChange.add
                ? Stream.of(job.disk())
                : Stream.empty();
    }

    private static LinodeJson shown(LinodeBody body, LinodeState state, Instant created, Instant updated) {
        var resources = body.sizing().resources();
        return new LinodeJson(
                body.id().value(),
                body.details().label(),
                body.details().group(),
                LinodeStatus.of(state),
                created,
                updated,
                body.sizing().type(),
                body.ipv4(),
                body.ipv6(),
                body.image().orElse(null),
                body.region().value(),
                "core",
                new LinodeJson.Specs(
                        body.sizing().diskMib(),
                        resources.memoryMib(),
                        resources.vcpus(),
                        0,
                        body.sizing().transferGib(),
                        0),
                LinodeJson.Alerts.ofNew(resources.vcpus()),
                LinodeJson.Backups.NONE,
                "xen",
                body.details().watchdogEnabled(),
                body.details().tags(),
                HostUuid.of(at(state).map(HostRef::host)),
                false,
                null,
                "disabled",
                null,
                List.of(),
                "legacy_config",
                body.details().maintenancePolicy(),
                List.of());
    }

    private static LinodeFacts facts(LinodeBody body, LinodeState state, List<DiskSpec> disks) {
        Optional<HostRef> at = at(state);
        boolean running = state instanceof Placed it && it.running();
        return new LinodeFacts(
                body.id().value(),
                body.account().value(),
                at.map(each -> each.host().value()).orElse(null),
                at.map(HostRef::hostEpoch).orElse(null),
                state instanceof Placed it ? it.ownerEpoch() : 0,
                running,
                !(state instanceof Placed it && it.idle()),
                state instanceof Placed it && it.job() instanceof Moving job ? job.migration() : null,
                body.details(),
                body.sizing(),
                body.config().orElse(null),
                disks,
                body.devices(),
                body.nic().mac());
    }

    private static Optional<HostRef> at(LinodeState state) {
        return state instanceof Placed it ? Optional.of(it.at()) : Optional.empty();
    }

    private static void putDisk(
            Rows rows, LinodeBody body, LinodeState state, DiskSpec spec, Owner owner, Instant now) {
        String id = spec.disk().toString();
        Optional<DiskRow> before = rows.get(DISKS, id, DiskRow.class);
        Optional<BlockDevice> bytes = body.disk(spec.disk());
        LinodeJson.Disk disk = new LinodeJson.Disk(
                spec.disk().value(),
                LinodeStatus.ofDisk(state, spec.disk(), bytes.isPresent()),
                spec.label(),
                before.map(row -> row.shown().created()).orElse(now),
                now,
                spec.filesystem(),
                bytes.map(BlockDevice::sizeMib).orElse(spec.sizeMib()),
                "disabled");
        rows.put(DISKS, id, new DiskRow(disk, owner));
    }

    private static LinodeJson.Config config(Rows rows, ConfigProfile profile, LinodeBody body, Instant now) {
        Instant created = rows.get(CONFIGS, String.valueOf(profile.configId()), ConfigRow.class)
                .map(row -> row.shown().created())
                .orElse(now);
        return new LinodeJson.Config(
                profile.configId(),
                profile.label(),
                "",
                profile.kernel(),
                profile.rootDevice(),
                "default",
                "paravirt",
                0,
                null,
                devices(body),
                LinodeJson.Helpers.ALL,
                List.of(),
                created,
                now);
    }

    private static Devices devices(LinodeBody body) {
        return new Devices(
                slot(body, 0),
                slot(body, 1),
                slot(body, 2),
                slot(body, 3),
                slot(body, 4),
                slot(body, 5),
                slot(body, 6),
                slot(body, 7));
    }

    private static LinodeJson.@Nullable Slot slot(LinodeBody body, int index) {
        return body.devices().stream()
                .filter(each -> each.slot().equals(LinodeSlots.ALL.get(index)))
                .map(each ->
                        each.kind() == BlockDevice.Kind.disk ? new Slot(each.id(), null) : new Slot(null, each.id()))
                .findFirst()
                .orElse(null);
    }
}
