package io.modelservice.crds.contract;

/**
 * Every reason that a condition, an event or a pod state may carry. A closed list: each has a page
 * in {@code docs/reasons}.
 */
public enum Reason {
  // everything is as it should be
  Ready("All wanted pods answer."),
  Available("At least one pod answers."),
  UpToDate("The stable revision and the pods are those of the spec."),
  Resolved("The artifact is known by its digest."),
  Scheduled("Every pod has a node."),
  Settled("Nothing is left to do."),
  NotConfigured("Not asked for."),
  Suspended("spec.suspend is true: set it to false to start the pods again."),
  ScaledToZero("spec.replicas is 0: raise it to serve the model."),

  // on the way
  Creating("The pods are being made."),
  Fetching("The artifact is being fetched."),
  Loading("The model is being loaded."),
  Warming("The model runs its first requests."),
  ModelRollingOut("A new model is loaded beside the stable one."),
  TemplateRollingOut("Pods are being replaced by pods of the new template."),
  Scaling("Pods are being added or removed."),
  PodsNotReady("Fewer pods answer than are wanted."),
  PodStateUnreachable(
      "The operator cannot read a pod's state: check the network between operator and pods (port"
          + " 9000)."),

  // the cluster says no
  Unschedulable(
      "No node can take a pod: free or add the resource that the scheduler names, or ask for less."),
  QuotaExceeded("A ResourceQuota refuses a pod: raise it or ask for less."),
  PodRefused("The cluster refuses the pod: read the message and change the spec."),
  ImagePullFailed("The image cannot be pulled: check its name and spec.pod.imagePullSecrets."),
  ReferenceMissing(
      "A Secret or ConfigMap that spec.runtime.env names is missing: create it or mark the"
          + " reference optional."),
  OOMKilled("The container used more memory than its limit: raise spec.resources.limits.memory."),
  CrashLoop("The container ends again and again: read its last output in the message."),
  NameTaken("An object of this name belongs to somebody else: rename the service or the object."),

  // the source says no
  StoreUnreachable(
      "The store does not answer: check the host in model.uri or AWS_ENDPOINT_URL, and the network"
          + " policies."),
  CredentialsMissing(
      "There are no keys for the store: create the Secret that model.secretRef names, with"
          + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."),
  AccessDenied("The store refuses the keys: check the Secret that model.secretRef names."),
  ArtifactNotFound("There is nothing at model.uri: check the bucket and the prefix."),
  ArtifactInvalid("The artifact lacks a file or holds a damaged one: upload it again."),
  DigestMismatch(
      "The content at model.uri is not the content that this revision began with: start a new"
          + " rollout, or restore the old content."),

  // the model says no
  ModelInvalid("The file is not a readable ONNX model: export it again."),
  ModelUnsupported(
      "ONNX Runtime does not know an operator, a domain or an opset of the model: export it for"
          + " the opset that the message names."),
  LabelsMissing("The task needs labels: add labels.txt, or id2label in config.json."),
  TaskUnsupported("The model's inputs and outputs do not fit the task: change model.task."),
  DoesNotFit("The model needs more memory than the pod has left: raise the memory limit."),
  PlanInvalid(
      "The plan that the pod was given cannot be read: the operator writes it again by itself."),
  InternalError("A defect of this software: report it with the message.");

  private final String sentence;

  Reason(String sentence) {
    this.sentence = sentence;
  }

  /** What it means and what to do next, in one sentence. */
  public String sentence() {
    return sentence;
  }
}
