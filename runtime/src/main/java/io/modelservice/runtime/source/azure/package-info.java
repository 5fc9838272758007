/** Azure Blob Storage, by Microsoft's client. */
@NullMarked
package io.modelservice.runtime.source.azure;

import org.jspecify.annotations.NullMarked;
