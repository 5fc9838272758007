package io.modelservice.e2e.cluster;

/** The artifacts in the store, as the field {@code model} of a spec names them. */
public final class Models {
  /** Sum and difference of two rows of 16 integers. */
  public static final String SIMPLE = at("s3://models/e2e/simple");

  /** Inputs and outputs of {@link #SIMPLE}, with product and sum as results. */
  public static final String PRODUCT = at("s3://models/e2e/product");

  /** EfficientNet-Lite0 with its labels. */
  public static final String EFFICIENTNET = classifierAt("s3://models/e2e/efficientnet-lite0");

  /** EfficientNet-Lite0 without its classifier: photos become vectors. */
  public static final String EFFICIENTNET_FEATURES =
      withTask("s3://models/e2e/efficientnet-lite0-features", "image-feature-extraction");

  /** A classifier without labels. */
  public static final String UNLABELLED = classifierAt("s3://models/e2e/unlabelled");

  /** all-MiniLM-L6-v2: sentences become vectors. */
  public static final String MINILM =
      withTask("s3://models/e2e/all-minilm-l6-v2", "feature-extraction");

  /** Silero VAD: where in a sound somebody speaks. */
  public static final String SILERO =
      withTask("s3://models/e2e/silero-vad", "voice-activity-detection");

  /** The first half of a file. */
  public static final String CORRUPT = at("s3://models/e2e/corrupt");

  public static final String UNKNOWN_OPERATOR = at("s3://models/e2e/unknown-operator");
  public static final String UNKNOWN_OPSET = at("s3://models/e2e/unknown-opset");

  /** A model that runs, on what the image of the tests does not have. */
  public static final String ON_A_GPU = SIMPLE + "runtime: {executionProvider: CUDA}\n";

  private Models() {}

  public static String at(String uri) {
    return withKeys(uri, "store-keys");
  }

  public static String withKeys(String uri, String secret) {
    return "model: {uri: \"%s\", secretRef: {name: %s}}\n".formatted(uri, secret);
  }

  private static String classifierAt(String uri) {
    return withTask(uri, "image-classification");
  }

  private static String withTask(String uri, String task) {
    return "model: {uri: \"%s\", secretRef: {name: store-keys}, task: %s}\n".formatted(uri, task);
  }
}
