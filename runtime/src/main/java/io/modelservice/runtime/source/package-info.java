/** Where artifacts come from: what every source promises, and what sources share. */
@NullMarked
package io.modelservice.runtime.source;

import org.jspecify.annotations.NullMarked;
