/**
 * System shared memory: tensors that client and server have in common, so that they do not travel.
 */
@NullMarked
package io.modelservice.runtime.sharedmemory;

import org.jspecify.annotations.NullMarked;
