package lpm.systemtests.explore;

import java.util.List;

/** What a step of a script does. */
@FunctionalInterface
interface Verb {
    void act(World world, List<String> words);
}
