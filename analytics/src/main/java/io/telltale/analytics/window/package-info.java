/// Tumbling windows over one series by event time.
@NullMarked
package io.telltale.analytics.window;

import org.jspecify.annotations.NullMarked;
