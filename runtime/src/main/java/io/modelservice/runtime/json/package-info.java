/** The JSON of the tasks and of the OpenAI paths: requests and answers. */
@NullMarked
package io.modelservice.runtime.json;

import org.jspecify.annotations.NullMarked;
