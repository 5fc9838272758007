/** The API {@code serving.modelservice.io/v1alpha1}: what a user writes and reads. */
@NullMarked
package io.modelservice.crds;

import org.jspecify.annotations.NullMarked;
