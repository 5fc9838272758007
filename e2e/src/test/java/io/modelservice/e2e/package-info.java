/** The stories of users and administrators, told on a real cluster. */
@NullMarked
package io.modelservice.e2e;

import org.jspecify.annotations.NullMarked;
