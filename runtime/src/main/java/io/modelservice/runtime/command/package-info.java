/** What the commands of the image share. */
@NullMarked
package io.modelservice.runtime.command;

import org.jspecify.annotations.NullMarked;
