/// What a run is to be: read from a file, checked to the last key, and immutable from then on.
@NullMarked
package io.telltale.simulator.scenario;

import org.jspecify.annotations.NullMarked;
