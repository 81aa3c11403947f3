/// The shapes that measurements of machines have. Each is deterministic: its random numbers come from the seed
/// it was given.
@NullMarked
package io.telltale.simulator.signal;

import org.jspecify.annotations.NullMarked;
