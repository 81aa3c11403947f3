/// Puts rollups right that are not what the points say: those that late points left behind, and whatever an audit
/// found.
@NullMarked
package io.telltale.storage.repair;

import org.jspecify.annotations.NullMarked;
