/// A run against ourselves: a simulated fleet, a page, a broker, and the reckoning afterwards.
@NullMarked
package io.telltale.server.trial;

import org.jspecify.annotations.NullMarked;
