/** Parsers of what comes from outside, tried with damaged and made-up inputs. */
@NullMarked
package io.modelservice.runtime.fuzz;

import org.jspecify.annotations.NullMarked;
