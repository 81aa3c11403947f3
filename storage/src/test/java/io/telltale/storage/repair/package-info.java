@NullMarked
package io.telltale.storage.repair;

import org.jspecify.annotations.NullMarked;
