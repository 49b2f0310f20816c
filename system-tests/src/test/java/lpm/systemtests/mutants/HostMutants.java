package lpm.systemtests.mutants;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import lpm.contracts.BlockDevice;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;
import lpm.contracts.PoolId;
import lpm.contracts.host.DomainSeen;
import lpm.hostagent.hypervisor.Domain;
import lpm.hostagent.hypervisor.DomainSpec;
import lpm.hostagent.hypervisor.Hypervisor;
import lpm.hostagent.hypervisor.PortUnreachable;
import lpm.hostagent.lease.PoolLease;
import lpm.hostagent.steps.Machine;
import lpm.storage.fence.FenceCommand;
import lpm.systemtests.simulation.Parts;

/** Bugs of fencing, leases and what an agent does on its host. */
final class HostMutants {
    private static final String FENCE = "storage/fence";

    private HostMutants() {}

    static List<Mutant> all() {
        return Stream.of(leases(), watchdogs(), calls(), devices())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Mutant> leases() {
        return List.of(
                new Mutant(
                        "fences-despite-a-fresh-lease",
                        "a fresh lease counts as revoked",
                        Swap.commands(
                                FENCE,
                                (command, _) -> command instanceof FenceCommand.NoteFresh note
                                        ? new FenceCommand.NoteRevoked(
                                                note.fenced(), note.pool(), note.unrenewedForMillis())
                                        : command)),
                new Mutant("lease-not-checked", "an agent takes every renewal as granted", lease(Renewals.always)),
                new Mutant(
                        "silence-renews",
                        "an agent that cannot reach the pool goes on as if renewed",
                        lease(Renewals.unlessRefused)));
    }

    private static List<Mutant> watchdogs() {
        return List.of(
                new Mutant(
                        "watchdog-never-armed",
                        "renewals are not told to the watchdog",
                        hypervisor(real -> new HypervisorWrap(real) {
                            @Override
                            public void petWatchdog(long millisSinceSent) {
                                // the bug: it never begins to count
                            }
                        })),
                new Mutant(
                        "watchdog-petted-by-anything",
                        "every look at the host pets the watchdog",
                        hypervisor(real -> new HypervisorWrap(real) {
                            @Override
                            public List<Domain> list() {
                                super.petWatchdog(0);
                                return super.list();
                            }
                        })),
                new Mutant(
                        "target-wakes-by-itself",
                        "a received copy is not left paused",
                        hypervisor(HostMutants::wakes)));
    }

    private static List<Mutant> calls() {
        return List.of(
                new Mutant(
                        "destroy-does-nothing",
                        "a destroyed domain stays",
                        hypervisor(real -> new HypervisorWrap(real) {
                            @Override
                            public void destroy(LinodeId linode) {
                                // the bug: it stays
                            }
                        })),
                new Mutant(
                        "cancel-keeps-the-copy",
                        "a cancelled incoming copy stays",
                        hypervisor(real -> new HypervisorWrap(real) {
                            @Override
                            public void cancelIncoming(LinodeId linode, MigrationId migration) {
                                // the bug: it stays
                            }
                        })),
                new Mutant(
                        "starts-without-starting",
                        "a start is told as done and is not done",
                        hypervisor(real -> new HypervisorWrap(real) {
                            @Override
                            public CompletionStage<DomainSeen> start(DomainSpec spec) {
                                return CompletableFuture.completedFuture(new DomainSeen(
                                        spec.linode(),
                                        DomainSeen.State.running,
                                        false,
                                        spec.ownerEpoch(),
                                        spec.spec().generation(),
                                        Optional.empty()));
                            }
                        })));
    }

    private static List<Mutant> devices() {
        return List.of(new Mutant(
                "detached-devices-stay",
                "a device is told as unplugged and stays",
                hypervisor(real -> new HypervisorWrap(real) {
                    @Override
                    public void detach(LinodeId linode, BlockDevice device) {
                        // the bug: it stays
                    }
                })));
    }

    private enum Renewals {
        always,
        unlessRefused
    }

    private static Parts lease(Renewals rule) {
        return Swap.machine(real -> new Machine(
                real.hypervisor(), real.disks(), new Lease(real.lease(), rule), real.probe(), real.steps()));
    }

    private record Lease(PoolLease real, Renewals rule) implements PoolLease {
        @Override
        public Renewal acquire(PoolId pool, HostRef self) {
            return renewed(() -> real.acquire(pool, self));
        }

        @Override
        public Renewal renew(PoolId pool, HostRef self) {
            return renewed(() -> real.renew(pool, self));
        }

        @Override
        public Revocation revoke(PoolId pool, HostRef other, long minUnrenewedMillis) {
            return real.revoke(pool, other, minUnrenewedMillis);
        }

        private Renewal renewed(java.util.function.Supplier<Renewal> ask) {
            try {
                Renewal answer = ask.get();
                return rule == Renewals.always ? Renewal.renewed : answer;
            } catch (PortUnreachable nobody) {
                if (rule == Renewals.unlessRefused) {
                    return Renewal.renewed;
                }
                throw nobody;
            }
        }
    }

    private static Parts hypervisor(UnaryOperator<Hypervisor> other) {
        return Swap.machine(real ->
                new Machine(other.apply(real.hypervisor()), real.disks(), real.lease(), real.probe(), real.steps()));
    }

    /** What libvirt does without the paused flag. */
    private static Hypervisor wakes(Hypervisor real) {
        return new HypervisorWrap(real) {
            @Override
            public List<Domain> list() {
                for (Domain each : super.list()) {
                    DomainSeen seen = each.seen();
                    if (seen.state() == DomainSeen.State.paused && !seen.jobRunning()) {
                        seen.migration().ifPresent(it -> super.resume(seen.linode(), it, seen.ownerEpoch()));
                    }
                }
                return super.list();
            }
        };
    }
}
