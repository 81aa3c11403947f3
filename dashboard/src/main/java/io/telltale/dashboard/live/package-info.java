/// What happens now: the tap in the pipeline, the fleet's rates, and a conflating buffer for each browser.
@NullMarked
package io.telltale.dashboard.live;

import org.jspecify.annotations.NullMarked;
