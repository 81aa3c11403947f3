/// Where settings come from, and how wrong ones are refused.
@NullMarked
package io.telltale.server.settings;

import org.jspecify.annotations.NullMarked;
