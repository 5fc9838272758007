/** Packs the operator and the runtime into OCI images, without Docker. */
@NullMarked
package io.modelservice.images;

import org.jspecify.annotations.NullMarked;
