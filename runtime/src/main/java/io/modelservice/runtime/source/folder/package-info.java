/** Folders of this machine. */
@NullMarked
package io.modelservice.runtime.source.folder;

import org.jspecify.annotations.NullMarked;
