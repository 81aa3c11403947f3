/// The chaos harness: a fleet that knows what it said, a plan that kills what it speaks to, and an oracle that knows
/// what must be stored all the same. Everything follows from one seed.
@NullMarked
package io.telltale.server.chaos;

import org.jspecify.annotations.NullMarked;
