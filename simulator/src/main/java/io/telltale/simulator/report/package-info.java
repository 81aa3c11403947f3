/// What happened: the ledger, in numbers that can be compared with the store.
@NullMarked
package io.telltale.simulator.report;

import org.jspecify.annotations.NullMarked;
