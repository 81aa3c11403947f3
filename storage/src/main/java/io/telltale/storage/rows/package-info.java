/// Outcomes as rows: columns of bytes in ClickHouse's `Native` format, filled as the outcomes come.
@NullMarked
package io.telltale.storage.rows;

import org.jspecify.annotations.NullMarked;
