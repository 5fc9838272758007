/** Google Cloud Storage. */
@NullMarked
package io.modelservice.runtime.source.gs;

import org.jspecify.annotations.NullMarked;
