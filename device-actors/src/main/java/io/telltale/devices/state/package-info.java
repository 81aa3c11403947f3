/// What a device is and does, in plain Java: no actors, no streams, no clock of its own.
@NullMarked
package io.telltale.devices.state;

import org.jspecify.annotations.NullMarked;
