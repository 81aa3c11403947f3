/// The words every module shares. Plain data: no behaviour beyond refusing nonsense, no dependency beyond the JDK.
@NullMarked
package io.telltale.analytics.model;

import org.jspecify.annotations.NullMarked;
