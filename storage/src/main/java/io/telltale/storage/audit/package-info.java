/// Whether the rollups are what the points say: windows recomputed in ClickHouse and compared, slice by slice.
@NullMarked
package io.telltale.storage.audit;

import org.jspecify.annotations.NullMarked;
