/** S3 stores. */
@NullMarked
package io.modelservice.runtime.source.s3;

import org.jspecify.annotations.NullMarked;
