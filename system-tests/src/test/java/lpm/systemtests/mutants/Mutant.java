package lpm.systemtests.mutants;

import lpm.systemtests.simulation.Parts;

/** A planted bug: a cell of which one part is wrong. */
record Mutant(String name, String what, Parts parts) {}
