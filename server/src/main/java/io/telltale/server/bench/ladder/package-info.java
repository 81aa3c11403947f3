/// The highest rate that somebody keeps up with, found by trying.
@NullMarked
package io.telltale.server.bench.ladder;

import org.jspecify.annotations.NullMarked;
