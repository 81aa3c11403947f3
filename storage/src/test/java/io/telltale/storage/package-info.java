@NullMarked
package io.telltale.storage;

import org.jspecify.annotations.NullMarked;
