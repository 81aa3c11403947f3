/// Holding what was sent against what came of it: asks the server by its HTTP API, watches as a page does,
/// subscribes as an MQTT client does, and judges.
@NullMarked
package io.telltale.simulator.check;

import org.jspecify.annotations.NullMarked;
