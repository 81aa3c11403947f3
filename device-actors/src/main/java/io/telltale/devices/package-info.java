/// One actor per device. [io.telltale.devices.Devices] is the way in; the rules are in the package `state`.
@NullMarked
package io.telltale.devices;

import org.jspecify.annotations.NullMarked;
