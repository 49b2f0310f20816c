package lpm.account.activity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import lpm.account.activity.FeedCommand.NoteFact;
import lpm.contracts.Actor;
import lpm.contracts.Command;
import lpm.contracts.Envelope;
import lpm.contracts.MessageTypes;
import lpm.contracts.account.ActivityEvent;
import lpm.contracts.migration.MigrationEvent;
import lpm.contracts.scheduler.LinodeEvent;
import lpm.contracts.storage.VolumeEvent;
import lpm.platform.Decision;
import lpm.platform.Query;
import lpm.platform.json.Json;
import lpm.platform.rows.InMemoryRows;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What each fact of the other services means for the feed: one line per event type, and stories made of them. */
class FeedInboxTest {
    private static final String NOTHING = "-";
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Actor USER = new Actor(Actor.Kind.user, "3");
    private static final Actor HOST = new Actor(Actor.Kind.host, "h1");

    private final FeedInbox inbox = new FeedInbox();
    private final FeedDecider decider = new FeedDecider();
    private final FeedView view = new FeedView();
    private final InMemoryRows rows = new InMemoryRows();
    private FeedState state = decider.initial();
    private int told;

    static Stream<Class<? extends Record>> translated() {
        return Stream.of(LinodeEvent.class, VolumeEvent.class, MigrationEvent.class)
                .flatMap(each -> MessageTypes.records(each).stream());
    }

    @ParameterizedTest
    @MethodSource("translated")
    void everyFactHasItsMeaning(Class<? extends Record> type) {
        String found = inbox.translate(envelope(sample(type, Map.of()), 7L, USER)).stream()
                .map(command -> words(((NoteFact) command).steps()))
                .findFirst()
                .orElse(NOTHING);

        assertThat(found).isEqualTo(Meanings.OF.getOrDefault(type.getSimpleName(), NOTHING));
    }

    @Test
    void theTableNamesOnlyFactsThatExist() {
        assertThat(translated().map(Class::getSimpleName)).containsAll(Meanings.OF.keySet());
    }

    @Test
    void whatConcernsNoAccountIsToldToNobody() {
        assertThat(inbox.translate(envelope(sample(LinodeEvent.LinodeBooted.class, Map.of()), null, HOST)))
                .isEmpty();
    }

    @Test
    void aFactThatNamesItsAccountNeedsNoEnvelopeToSaySo() {
        assertThat(inbox.translate(envelope(sample(LinodeEvent.LinodeCreated.class, Map.of()), null, USER)))
                .hasSize(1);
    }

    @Test
    void onlyUsersAreNamed() {
        Record booted = sample(LinodeEvent.LinodeBootRequested.class, Map.of());

        assertThat(inbox.translate(envelope(booted, 7L, USER)))
                .first()
                .isInstanceOfSatisfying(
                        NoteFact.class, fact -> assertThat(fact.userId()).contains(3L));
        assertThat(inbox.translate(envelope(booted, 7L, HOST)))
                .first()
                .isInstanceOfSatisfying(
                        NoteFact.class, fact -> assertThat(fact.userId()).isEmpty());
    }

    @Test
    void aCreateIsFollowedByABootWithoutAGapInWhichItLooksFree() {
        tell(LinodeEvent.LinodeCreated.class, Map.of("booted", true));
        assertThat(feed()).containsExactly("1 linode_create scheduled 0", "2 linode_boot scheduled 0");
        tell(LinodeEvent.LinodePlaced.class, Map.of());
        tell(LinodeEvent.LinodeDisksReady.class, Map.of());
        assertThat(feed()).containsExactly("1 linode_create finished 100", "2 linode_boot scheduled 0");
        tell(LinodeEvent.LinodeBootRequested.class, Map.of("afterHostLoss", false));
        tell(LinodeEvent.LinodeBooted.class, Map.of());
        assertThat(feed()).containsExactly("1 linode_create finished 100", "2 linode_boot finished 100");
    }

    @Test
    void aCreateThatFindsNoHostFailsWithItsBoot() {
        tell(LinodeEvent.LinodeCreated.class, Map.of("booted", true));
        tell(LinodeEvent.LinodePlacementFailed.class, Map.of());

        assertThat(feed()).containsExactly("1 linode_create failed 100", "2 linode_boot failed 100");
    }

    @Test
    void aLostHostEndsTheMoveAndIsSeenAsAReboot() {
        tell(LinodeEvent.LinodeMoveRequested.class, Map.of());
        tell(LinodeEvent.LinodeLost.class, Map.of("wasRunning", true));
        tell(LinodeEvent.LinodeRecoveryPlaced.class, Map.of());
        tell(LinodeEvent.LinodeBootRequested.class, Map.of("afterHostLoss", true));
        tell(LinodeEvent.LinodeBooted.class, Map.of());

        assertThat(feed()).containsExactly("1 linode_migrate failed 100", "2 host_reboot finished 100");
    }

    @Test
    void deletingEndsEverythingElse() {
        tell(LinodeEvent.LinodeBootRequested.class, Map.of("afterHostLoss", false));
        tell(LinodeEvent.LinodeDeletionRequested.class, Map.of());
        tell(LinodeEvent.LinodeDeleted.class, Map.of());

        assertThat(feed()).containsExactly("1 linode_boot failed 100", "2 linode_delete finished 100");
    }

    @ParameterizedTest
    @CsvSource({
        "VolumeCreated,VolumeReady,volume_create,finished",
        "VolumeCreated,VolumeCreateFailed,volume_create,failed",
        "VolumeAttachRequested,VolumeAttached,volume_attach,finished",
        "VolumeAttachRequested,VolumeAttachFailed,volume_attach,failed",
        "VolumeDetachRequested,VolumeDetached,volume_detach,finished",
        "VolumeDetachRequested,VolumeDetachFailed,volume_detach,failed",
        "VolumeResizeRequested,VolumeResized,volume_resize,finished",
        "VolumeResizeRequested,VolumeResizeFailed,volume_resize,failed",
        "VolumeDeletionRequested,VolumeDeleted,volume_delete,finished",
        "LinodeShutdownRequested,LinodeStopped,linode_shutdown,finished",
        "LinodeRebootRequested,LinodeRebooted,linode_reboot,finished",
        "LinodeBootRequested,LinodeBootRefused,linode_boot,failed",
        "LinodeMoveRequested,LinodeMoved,linode_migrate,finished",
        "LinodeMoveRequested,LinodeMoveAborted,linode_migrate,failed",
        "LinodeDiskChangeRequested,LinodeDiskChanged,disk_create,finished",
        "LinodeDiskChangeRequested,LinodeDiskRefused,disk_create,failed"
    })
    void whatBeginsEnds(String begin, String end, String action, String status) {
        Map<String, Object> plain =
                Map.of("cloneOf", Optional.empty(), "afterHostLoss", false, "change", "add", "requested", true);
        tell(named(begin), plain);
        tell(named(end), plain);

        assertThat(feed()).containsExactly("1 " + action + " " + status + " 100");
    }

    private static Class<? extends Record> named(String name) {
        return translated()
                .filter(each -> each.getSimpleName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void tell(Class<? extends Record> type, Map<String, Object> changes) {
        told++;
        for (Command command : inbox.translate(envelope(sample(type, changes), 7L, USER))) {
            var decision = decider.decide((FeedCommand) command, state);
            var accepted = (Decision.Accepted<ActivityEvent>) decision;
            for (ActivityEvent event : accepted.events()) {
                state = decider.evolve(state, event);
                view.project(envelope(event, 7L, USER), state, rows);
            }
        }
    }

    private List<String> feed() {
        return rows.find(FeedView.TABLE, Query.where("account_id", 7).orderBy("id", false), FeedView.Row.class).stream()
                .map(row -> row.id() + " " + row.action() + " " + row.status() + " " + row.percentComplete())
                .toList();
    }

    private static Record sample(Class<? extends Record> type, Map<String, Object> changes) {
        String file = "/samples/" + MessageTypes.nameOf(type) + ".v" + MessageTypes.versionOf(type) + ".json";
        try (InputStream in = Objects.requireNonNull(FeedInboxTest.class.getResourceAsStream(file), file)) {
            ObjectNode tree = (ObjectNode) Json.MAPPER.readTree(in);
            changes.forEach((field, value) -> {
                if (tree.has(field)) {
                    JsonNode node = Json.MAPPER.valueToTree(value);
                    tree.set(field, node);
                }
            });
            return Json.convert(tree, type);
        } catch (IOException e) {
            throw new IllegalStateException(file, e);
        }
    }

    private <D> Envelope<D> envelope(D data, @Nullable Long account, Actor actor) {
        UUID id = new UUID(1, told);
        return new Envelope<>(
                id, "any", 1, "linode:5", 0L, null, account, null, null, null, null, NOW, id, null, actor, null, data);
    }

    private static String words(List<Step> steps) {
        return String.join(
                ", ",
                steps.stream()
                        .map(step -> switch (step) {
                            case Step.Begin begin ->
                                begin.action() + " " + begin.status()
                                        + begin.secondary()
                                                .map(each -> " with " + each.type())
                                                .orElse("");
                            case Step.Progress progress ->
                                (progress.actions().isEmpty() ? "everything" : String.join("/", progress.actions()))
                                        + " -> " + progress.status() + " " + progress.percent()
                                        + (progress.startedOnly() ? " if started" : "");
                        })
                        .toList());
    }
}
