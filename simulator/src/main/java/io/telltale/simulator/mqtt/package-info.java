/// As much MQTT 3.1.1 as a publishing device needs, cheap enough that the load generator is never the bottleneck.
@NullMarked
package io.telltale.simulator.mqtt;

import org.jspecify.annotations.NullMarked;
