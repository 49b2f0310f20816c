package lpm.systemtests.mutants;

import java.util.List;
import java.util.stream.Stream;

/** Every planted bug. */
final class Mutants {
    private Mutants() {}

    static List<Mutant> all() {
        return Stream.of(
                        MigrationMutants.all(),
                        LinodeMutants.all(),
                        HostMutants.all(),
                        PlatformMutants.all(),
                        AgentMutants.all(),
                        SecretMutants.all())
                .flatMap(List::stream)
                .toList();
    }
}
