/** Writes the files that are generated from the API and checked in. */
@NullMarked
package io.modelservice.crds.generate;

import org.jspecify.annotations.NullMarked;
