@NullMarked
package io.telltale.storage.read;

import org.jspecify.annotations.NullMarked;
