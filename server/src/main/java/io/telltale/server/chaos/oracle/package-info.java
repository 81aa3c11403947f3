/// What must be stored after all, computed from the seed, against what is.
@NullMarked
package io.telltale.server.chaos.oracle;

import org.jspecify.annotations.NullMarked;
