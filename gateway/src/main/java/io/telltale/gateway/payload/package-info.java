/// What a topic and a payload say: `docs/wire-format.md`, read.
@NullMarked
package io.telltale.gateway.payload;

import org.jspecify.annotations.NullMarked;
