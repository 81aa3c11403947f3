/// The fleet of the chaos harness: what each device says follows from the seed; when it says it, from what breaks.
@NullMarked
package io.telltale.server.chaos.fleet;

import org.jspecify.annotations.NullMarked;
