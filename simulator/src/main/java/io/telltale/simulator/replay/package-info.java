/// Measurements of the past, sent again.
@NullMarked
package io.telltale.simulator.replay;

import org.jspecify.annotations.NullMarked;
