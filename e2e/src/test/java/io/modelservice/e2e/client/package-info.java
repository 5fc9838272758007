/** The users of a served model, and what they compare its answers with. */
@NullMarked
package io.modelservice.e2e.client;

import org.jspecify.annotations.NullMarked;
