/** What users call: port 8080. */
@NullMarked
package io.modelservice.runtime.http;

import org.jspecify.annotations.NullMarked;
