package lpm.systemtests.mutants;

import java.lang.reflect.Method;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import lpm.contracts.Command;
import lpm.contracts.Envelope;
import lpm.contracts.Event;
import lpm.contracts.HostId;
import lpm.hostagent.steps.Machine;
import lpm.platform.App;
import lpm.platform.Decider;
import lpm.platform.Decision;
import lpm.platform.Feature;
import lpm.platform.Inbox;
import lpm.platform.Reaction;
import lpm.platform.Scope;
import lpm.systemtests.simulation.Parts;

/** Puts something else in the place of one verb of one feature. Production code knows nothing of it. */
final class Swap {
    private Swap() {}

    /** The commands that a decider is given, by what they are and the state they meet. */
    static Parts commands(String feature, BiFunction<Command, Object, Command> other) {
        return decider(feature, (real, command, state) -> real.decide(other.apply(command, state), state));
    }

    /** The state that a decider believes in when it is given a command. */
    static Parts states(String feature, BiFunction<Command, Object, Object> other) {
        return decider(feature, (real, command, state) -> real.decide(command, other.apply(command, state)));
    }

    /** The events that a decider decides. */
    static Parts events(String feature, BiFunction<Event, Object, Event> other) {
        return decider(feature, (real, command, state) -> switch (real.decide(command, state)) {
            case Decision.Accepted<Event>(List<Event> events) ->
                Decision.accept(
                        events.stream().map(each -> other.apply(each, state)).toList());
            case Decision.Rejected<Event> refusal -> refusal;
        });
    }

    /** Decides in the place of a real decider. */
    private interface Deciding {
        Decision<Event> decide(Decider<Command, Object, Event> real, Command command, Object state);
    }

    /** What follows from a feature's events. */
    static Parts reactions(String feature, BiFunction<Envelope<?>, List<Reaction>, List<Reaction>> other) {
        return feature(
                feature,
                real -> real.reacting(event -> other.apply(event, real.process().react(event))));
    }

    /** What a feature makes of what others say. */
    static Parts inbox(String feature, BiFunction<Envelope<?>, List<Command>, List<Command>> other) {
        return feature(feature, real -> {
            Inbox before = real.inbox();
            return real.listening(message -> other.apply(message, before.translate(message)));
        });
    }

    private static Parts decider(String feature, Deciding other) {
        return feature(
                feature,
                real -> new Feature<>(
                        real.name(),
                        real.commands(),
                        real.states(),
                        real.events(),
                        new Wrapped(real.decider(), other),
                        real.process(),
                        real.inbox(),
                        real.view()));
    }

    @SuppressWarnings("unchecked")
    static Parts feature(String name, UnaryOperator<Feature<Command, Object, Event>> other) {
        return app(app -> new App(
                app.name(),
                app.reads(),
                app.telemetry(),
                app.features().stream()
                        .<Feature<?, ?, ?>>map(each ->
                                named(app, each, name) ? other.apply((Feature<Command, Object, Event>) each) : each)
                        .toList(),
                app.planners(),
                app.known(),
                app.watchers(),
                app.sealing()));
    }

    /** Features are named {@code service/feature} where the name alone is not enough. */
    private static boolean named(App app, Feature<?, ?, ?> feature, String name) {
        return (app.name() + "/" + feature.name()).equals(name);
    }

    static Parts app(UnaryOperator<App> other) {
        return new Parts() {
            @Override
            public App app(App app) {
                return other.apply(app);
            }
        };
    }

    static Parts machine(UnaryOperator<Machine> other) {
        return new Parts() {
            @Override
            public Machine machine(HostId host, Machine machine) {
                return other.apply(machine);
            }
        };
    }

    /** Reads a component of a record that its package keeps to itself. */
    static Object read(Object record, String... path) {
        Object value = record;
        for (String name : path) {
            try {
                Method accessor = value.getClass().getDeclaredMethod(name);
                accessor.setAccessible(true);
                value = accessor.invoke(value);
            } catch (ReflectiveOperationException e) {
                throw new IllegalArgumentException("no " + name + " in " + value, e);
            }
        }
        return value;
    }

    private record Wrapped(Decider<Command, Object, Event> real, Deciding other)
            implements Decider<Command, Object, Event> {
        @Override
        public Object initial() {
            return real.initial();
        }

        @Override
        public Decision<Event> decide(Command command, Object state) {
            return other.decide(real, command, state);
        }

        @Override
        public Object evolve(Object state, Event event) {
            return real.evolve(state, event);
        }

        @Override
        public Scope scope(Object state) {
            return real.scope(state);
        }
    }
}
