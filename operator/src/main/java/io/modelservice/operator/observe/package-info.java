/** Joins what the caches know about one service; decides nothing. */
@NullMarked
package io.modelservice.operator.observe;

import org.jspecify.annotations.NullMarked;
