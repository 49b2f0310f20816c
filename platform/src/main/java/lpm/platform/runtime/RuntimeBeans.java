package lpm.platform.runtime;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import lpm.contracts.Topics;
import lpm.platform.App;
import lpm.platform.Commands;
import lpm.platform.Ids;
import lpm.platform.Lookup;
import lpm.platform.Parked;
import lpm.platform.Streams;
import lpm.platform.projection.Projections;
import lpm.platform.rest.AccountPulse;
import lpm.platform.rest.ActivityWait;
import lpm.platform.store.Store;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Offers the runtime of the App that a service produces as beans, and starts and stops it with Quarkus. */
@Singleton
public final class RuntimeBeans {
    private static final Logger LOG = LoggerFactory.getLogger(RuntimeBeans.class);

    private final Optional<AxonRuntime> runtime;
    private final Event<RuntimeOpen> opened;
    private volatile boolean open;

    /** A process without an App (a host's agent) has no runtime. */
    public RuntimeBeans(
            Instance<App> app,
            Instance<AgroalDataSource> database,
            MeterRegistry meters,
            AccountPulse pulse,
            ActivityWait activities,
            Event<RuntimeOpen> opened,
            @ConfigProperty(name = "lpm.kafka") String kafka,
            @ConfigProperty(name = "lpm.replica") String replica) {
        this.opened = opened;
        if (app.isUnsatisfied()) {
            runtime = Optional.empty();
            return;
        }
        Clock clock = Clock.systemUTC();
        boolean hearsAccount = app.get().reads().stream()
                .anyMatch(each -> each.matcher(Topics.ACCOUNT_EVENTS).matches());
        AxonRuntime made = new AxonRuntime(
                app.get(),
                new AxonRuntime.Surroundings(
                        database.get(), Map.of("bootstrap.servers", kafka), clock, meters, Optional.of(replica)),
                hearsAccount ? pulse::heard : () -> {});
        if (hearsAccount) {
            pulse.heard();
            activities.listen();
            made.onHeard(activities::heard);
        }
        runtime = Optional.of(made);
    }

    void onStart(@Observes StartupEvent started) {
        runtime.ifPresent(
                made -> Thread.ofPlatform().name("open-runtime").daemon().start(() -> open(made)));
    }

    /** Beside the service's start: the store may come long after it, and until then the service is not ready. */
    private void open(AxonRuntime made) {
        try {
            if (made.start()) {
                opened.fire(new RuntimeOpen());
                open = true;
            }
        } catch (RuntimeException e) {
            LOG.error("The service cannot start and ends", e);
            Quarkus.asyncExit(1);
        }
    }

    void onStop(@Observes ShutdownEvent stopped) {
        runtime.ifPresent(AxonRuntime::close);
    }

    @Produces
    @Singleton
    Commands commands() {
        return running();
    }

    @Produces
    @Singleton
    @Typed(AxonRuntime.class)
    AxonRuntime running() {
        return runtime.orElseThrow(() -> new IllegalStateException("this process has no App"));
    }

    @Produces
    @Singleton
    @Typed(Store.class)
    Store store() {
        return running().store();
    }

    @Produces
    @Singleton
    Lookup rows() {
        return running().rows();
    }

    @Produces
    @Singleton
    Ids ids() {
        return running().ids();
    }

    @Produces
    @Singleton
    Streams streams() {
        return running().streams();
    }

    @Produces
    @Singleton
    Parked parked() {
        return running().parked();
    }

    @Produces
    @Singleton
    @Typed(Projections.class)
    Projections projections() {
        return running().projections();
    }

    /** Whether nothing is left to be done before the service may be asked. */
    boolean isOpen() {
        return open || runtime.isEmpty();
    }

    Optional<AxonRuntime.Condition> condition() {
        return runtime.map(AxonRuntime::condition);
    }
}
