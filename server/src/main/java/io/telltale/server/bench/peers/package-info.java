/// The same fleet into other programs and into Telltale, one after the other on one machine.
@NullMarked
package io.telltale.server.bench.peers;

import org.jspecify.annotations.NullMarked;
