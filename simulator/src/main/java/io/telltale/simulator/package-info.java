/// The command `simulate`: a fleet of MQTT devices that knows the truth of what it sent.
@NullMarked
package io.telltale.simulator;

import org.jspecify.annotations.NullMarked;
