/// The tables, how they came to be, and how long they keep what is in them.
@NullMarked
package io.telltale.storage.schema;

import org.jspecify.annotations.NullMarked;
