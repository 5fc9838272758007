/** The OpenAPI document of the served model. */
@NullMarked
package io.modelservice.runtime.openapi;

import org.jspecify.annotations.NullMarked;
