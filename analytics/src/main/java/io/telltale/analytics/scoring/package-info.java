/// How good a detector is, on labelled series: the two definitions that published detectors are compared by.
@NullMarked
package io.telltale.analytics.scoring;

import org.jspecify.annotations.NullMarked;
