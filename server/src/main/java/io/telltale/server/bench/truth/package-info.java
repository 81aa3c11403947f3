/// Detection through the whole system: a fleet that knows its faults, over MQTT, to the table of anomalies.
@NullMarked
package io.telltale.server.bench.truth;

import org.jspecify.annotations.NullMarked;
