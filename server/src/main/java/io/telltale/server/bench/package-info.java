/// Whole-system measurements: a real server, a real fleet, a real page, in one run.
@NullMarked
package io.telltale.server.bench;

import org.jspecify.annotations.NullMarked;
