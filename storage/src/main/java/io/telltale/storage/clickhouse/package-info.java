/// Where ClickHouse is: in a process of our own, or at an address somebody gave us.
@NullMarked
package io.telltale.storage.clickhouse;

import org.jspecify.annotations.NullMarked;
