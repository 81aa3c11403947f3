/// Detectors: small streaming judges of one series, each with one idea of what is wrong.
@NullMarked
package io.telltale.analytics.anomaly;

import org.jspecify.annotations.NullMarked;
