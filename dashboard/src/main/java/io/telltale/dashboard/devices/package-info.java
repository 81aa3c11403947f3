/// Every device this server knows of, in memory: what it said last, and lists of them.
@NullMarked
package io.telltale.dashboard.devices;

import org.jspecify.annotations.NullMarked;
