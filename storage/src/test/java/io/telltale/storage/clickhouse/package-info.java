@NullMarked
package io.telltale.storage.clickhouse;

import org.jspecify.annotations.NullMarked;
