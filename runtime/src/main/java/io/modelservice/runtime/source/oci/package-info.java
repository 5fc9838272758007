/** Registries of the Open Container Initiative. */
@NullMarked
package io.modelservice.runtime.source.oci;

import org.jspecify.annotations.NullMarked;
