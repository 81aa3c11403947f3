/// Recorded series, and the scores that the detector of the device actors gives them.
@NullMarked
package io.telltale.server.detect;

import org.jspecify.annotations.NullMarked;
