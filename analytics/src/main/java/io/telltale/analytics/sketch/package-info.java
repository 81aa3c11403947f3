/// Distributions in little memory.
@NullMarked
package io.telltale.analytics.sketch;

import org.jspecify.annotations.NullMarked;
