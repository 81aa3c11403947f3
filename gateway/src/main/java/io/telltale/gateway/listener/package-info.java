/// Our own MQTT endpoint: devices connect straight to Telltale, and an ack from it means stored.
@NullMarked
package io.telltale.gateway.listener;

import org.jspecify.annotations.NullMarked;
