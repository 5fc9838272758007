package io.modelservice.crds;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A Hugging Face task: what a model is for, with typed inputs and outputs. */
public enum Task {
  @JsonProperty("image-classification")
  IMAGE_CLASSIFICATION("image-classification"),
  @JsonProperty("image-feature-extraction")
  IMAGE_FEATURE_EXTRACTION("image-feature-extraction"),
  @JsonProperty("feature-extraction")
  FEATURE_EXTRACTION("feature-extraction"),
  @JsonProperty("text-classification")
  TEXT_CLASSIFICATION("text-classification"),
  @JsonProperty("text-ranking")
  TEXT_RANKING("text-ranking"),
  @JsonProperty("audio-classification")
  AUDIO_CLASSIFICATION("audio-classification"),
  @JsonProperty("voice-activity-detection")
  VOICE_ACTIVITY_DETECTION("voice-activity-detection");

  private final String id;

  Task(String id) {
    this.id = id;
  }

  /** The name as Hugging Face and the API write it. */
  public String id() {
    return id;
  }
}
