/// The detector against labelled recordings, beside others.
@NullMarked
package io.telltale.server.bench.detection;

import org.jspecify.annotations.NullMarked;
