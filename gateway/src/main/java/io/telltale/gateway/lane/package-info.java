/// Messages out of somebody's broker, through pekko-connectors-mqtt: several lanes on one shared subscription.
@NullMarked
package io.telltale.gateway.lane;

import org.jspecify.annotations.NullMarked;
