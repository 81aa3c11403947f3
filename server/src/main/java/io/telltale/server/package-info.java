/// Assembly: settings, wiring, the pipeline, lifecycle. No rule of the domain lives here.
@NullMarked
package io.telltale.server;

import org.jspecify.annotations.NullMarked;
