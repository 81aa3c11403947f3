@NullMarked
package io.telltale.storage.audit;

import org.jspecify.annotations.NullMarked;
