/** What a model takes and gives: datatypes, shapes, signatures. */
@NullMarked
package io.modelservice.runtime.tensor;

import org.jspecify.annotations.NullMarked;
