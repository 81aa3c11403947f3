@NullMarked
package io.telltale.storage.schema;

import org.jspecify.annotations.NullMarked;
