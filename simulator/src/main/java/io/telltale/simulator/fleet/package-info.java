/// The devices together: who sends when, and the life of a run from the first connect to the last ack.
@NullMarked
package io.telltale.simulator.fleet;

import org.jspecify.annotations.NullMarked;
