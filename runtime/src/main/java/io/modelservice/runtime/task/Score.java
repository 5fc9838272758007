package io.modelservice.runtime.task;

/**
 * One label of an answer.
 *
 * @param score 0 to 1
 */
public record Score(String label, float score) {}
