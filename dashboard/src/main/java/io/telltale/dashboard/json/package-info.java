/// The API's words as JSON, field by field as `openapi.json` has them.
@NullMarked
package io.telltale.dashboard.json;

import org.jspecify.annotations.NullMarked;
