/** Measures, and writes what was measured to {@code bench/RESULTS.md}. */
@NullMarked
package io.modelservice.e2e.bench;

import org.jspecify.annotations.NullMarked;
