package lpm.systemtests.mutants;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import lpm.contracts.Envelope;
import lpm.contracts.host.HostCommand.DeliverSecret;
import lpm.contracts.host.HostReport.SecretReceived;
import lpm.hostagent.disks.DiskStore;
import lpm.hostagent.steps.Machine;
import lpm.platform.App;
import lpm.platform.KnownView;
import lpm.platform.Rows;
import lpm.platform.Sealing;
import lpm.platform.json.Json;
import lpm.scheduler.linode.SecretTables;
import lpm.scheduler.linode.Secrets;
import lpm.systemtests.simulation.Parts;

/** Bugs of what becomes of a disk's login on its way. */
final class SecretMutants {
    private SecretMutants() {}

    static List<Mutant> all() {
        return List.of(
                new Mutant(
                        "secrets-travel-unsealed", "a secret is sent to its host as it is", sealing((order, rows) -> {
                            DeliverSecret it = (DeliverSecret) order;
                            return rows.get(Secrets.TABLE, it.secretRef(), Secrets.Row.class)
                                    .map(row -> new DeliverSecret(
                                            it.at(), it.linode(), it.secretRef(), Json.write(row.access())));
                        })),
                new Mutant(
                        "secrets-are-not-sent",
                        "an order to deliver a secret is left out",
                        sealing((_, _) -> Optional.empty())),
                new Mutant(
                        "owner-is-not-let-in", "an agent makes a disk without what lets its owner in", letsNobodyIn()),
                new Mutant(
                        "forgotten-when-received",
                        "a secret is forgotten when the first host has it",
                        tables(SecretMutants::forgetWhenReceived)),
                new Mutant("secrets-are-kept", "a secret stays when its disk is whole", tables((_, _, _) -> {
                    // forgets nothing
                })));
    }

    private static Parts sealing(Sealing deliveries) {
        Sealing other =
                (order, rows) -> order instanceof DeliverSecret ? deliveries.seal(order, rows) : Optional.of(order);
        return Swap.app(app -> app.name().equals("scheduler")
                ? new App(
                        app.name(),
                        app.reads(),
                        app.telemetry(),
                        app.features(),
                        app.planners(),
                        app.known(),
                        app.watchers(),
                        other)
                : app);
    }

    private interface Noting {
        void note(SecretTables real, Envelope<?> foreign, Rows rows);
    }

    private static void forgetWhenReceived(SecretTables real, Envelope<?> foreign, Rows rows) {
        if (foreign.data() instanceof SecretReceived received) {
            rows.delete(Secrets.TABLE, received.secretRef());
        }
        real.note(foreign, rows);
    }

    private static Parts tables(Noting other) {
        return Swap.app(app -> new App(
                app.name(),
                app.reads(),
                app.telemetry(),
                app.features(),
                app.planners(),
                app.known().stream()
                        .map(each -> each instanceof SecretTables real ? noting(real, other) : each)
                        .toList(),
                app.watchers(),
                app.sealing()));
    }

    private static KnownView noting(SecretTables real, Noting other) {
        return new KnownView() {
            @Override
            public List<String> tables() {
                return List.of();
            }

            @Override
            public void note(Envelope<?> foreign, Rows rows) {
                other.note(real, foreign, rows);
            }
        };
    }

    private static Parts letsNobodyIn() {
        return Swap.machine(real ->
                new Machine(real.hypervisor(), withoutAccess(real.disks()), real.lease(), real.probe(), real.steps()));
    }

    private static DiskStore withoutAccess(DiskStore real) {
        return (DiskStore) Proxy.newProxyInstance(
                DiskStore.class.getClassLoader(), new Class<?>[] {DiskStore.class}, (_, method, arguments) -> {
                    if (method.getName().equals("createDisk")) {
                        arguments[arguments.length - 1] = Optional.empty();
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
