/// The ways out of ClickHouse: questions of people, charts and recovering devices, answered by few bounded queries.
@NullMarked
package io.telltale.storage.read;

import org.jspecify.annotations.NullMarked;
