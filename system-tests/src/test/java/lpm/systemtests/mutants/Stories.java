package lpm.systemtests.mutants;

import java.util.ArrayList;
import java.util.List;
import lpm.platform.Reaction;

/** Lists of reactions with one more or one less. */
final class Stories {
    private Stories() {}

    static List<Reaction> and(List<Reaction> reactions, Reaction more) {
        List<Reaction> all = new ArrayList<>(reactions);
        all.add(more);
        return all;
    }

    static List<Reaction> without(List<Reaction> reactions, Class<?> command) {
        return reactions.stream()
                .filter(each -> !(each instanceof Reaction.Send send && command.isInstance(send.command())))
                .toList();
    }
}
