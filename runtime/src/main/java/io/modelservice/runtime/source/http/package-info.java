/** Plain web servers. */
@NullMarked
package io.modelservice.runtime.source.http;

import org.jspecify.annotations.NullMarked;
