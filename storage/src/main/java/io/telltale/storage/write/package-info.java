/// The way into ClickHouse: outcomes are gathered into batches, a batch is inserted until it is durable, and only then
/// do its outcomes go on.
@NullMarked
package io.telltale.storage.write;

import org.jspecify.annotations.NullMarked;
