package io.modelservice.crds.contract;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * One input or output of a model.
 *
 * @param name as in the ONNX file
 * @param datatype the Open Inference Protocol's name, for example {@code FP32}
 * @param shape the dimensions in order; -1 is a variable one
 */
@JsonInclude(NON_NULL)
public record Tensor(String name, String datatype, List<Long> shape) {}
