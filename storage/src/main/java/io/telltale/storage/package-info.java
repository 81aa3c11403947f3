/// Everything about ClickHouse. [io.telltale.storage.OutcomeStore] is the front door.
@NullMarked
package io.telltale.storage;

import org.jspecify.annotations.NullMarked;
