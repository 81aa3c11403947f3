@NullMarked
package io.telltale.storage.rows;

import org.jspecify.annotations.NullMarked;
