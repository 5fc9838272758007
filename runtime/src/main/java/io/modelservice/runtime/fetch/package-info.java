/** Brings the files of an artifact to the pod, hashed and checked. */
@NullMarked
package io.modelservice.runtime.fetch;

import org.jspecify.annotations.NullMarked;
