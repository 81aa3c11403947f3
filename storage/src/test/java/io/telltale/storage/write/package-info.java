@NullMarked
package io.telltale.storage.write;

import org.jspecify.annotations.NullMarked;
