/// What a device is and says: the metrics of its kind and the bytes of its payloads.
@NullMarked
package io.telltale.simulator.device;

import org.jspecify.annotations.NullMarked;
