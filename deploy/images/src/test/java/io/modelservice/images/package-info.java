@NullMarked
package io.modelservice.images;

import org.jspecify.annotations.NullMarked;
