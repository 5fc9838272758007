package io.modelservice.crds.contract;

/**
 * Every reason that a condition, an event or a pod state may carry. A closed list: each has a page
 * in {@code docs/reasons}.
 */
public enum Reason {
  // everything is as it should be
  Ready(Severity.NORMAL, "All wanted pods answer."),
  Available(Severity.NORMAL, "At least one pod answers."),
  UpToDate(Severity.NORMAL, "The stable revision and the pods are those of the spec."),
  Resolved(Severity.NORMAL, "The artifact is known by its digest."),
  Scheduled(Severity.NORMAL, "Every pod has a node."),
  Settled(Severity.NORMAL, "Nothing is left to do."),
  NotConfigured(Severity.NORMAL, "Not asked for."),
  Suspended(Severity.NORMAL, "spec.suspend is true: set it to false to start the pods again."),
  ScaledToZero(Severity.NORMAL, "spec.replicas is 0: raise it to serve the model."),

  // on the way
  Creating(Severity.PROGRESS, "The pods are being made."),
  Resolving(
      Severity.PROGRESS, "The model is checked by a Job before pods with GPUs are made for it."),
  Fetching(Severity.PROGRESS, "The artifact is being fetched."),
  Loading(Severity.PROGRESS, "The model is being loaded."),
  Warming(Severity.PROGRESS, "The model runs its first requests."),
  ModelRollingOut(Severity.PROGRESS, "A new model is loaded beside the stable one."),
  TemplateRollingOut(Severity.PROGRESS, "Pods are being replaced by pods of the new template."),
  Scaling(Severity.PROGRESS, "Pods are being added or removed."),
  PodsNotReady(Severity.PROGRESS, "Fewer pods answer than are wanted."),
  PodStateUnreachable(
      Severity.WARNING,
      "The operator cannot read a pod's state: check the network between operator and pods (port"
          + " 9000)."),

  // the cluster says no
  Unschedulable(
      Severity.WARNING,
      "No node can take a pod: free or add the resource that the scheduler names, or ask for less."),
  QuotaExceeded(Severity.WARNING, "A ResourceQuota refuses a pod: raise it or ask for less."),
  PodRefused(
      Severity.WARNING, "The cluster refuses the pod: read the message and change the spec."),
  ImagePullFailed(
      Severity.WARNING,
      "The image cannot be pulled: check its name and spec.pod.imagePullSecrets."),
  ReferenceMissing(
      Severity.WARNING,
      "A Secret or ConfigMap that spec.runtime.env names is missing: create it or mark the"
          + " reference optional."),
  OOMKilled(
      Severity.WARNING,
      "The container used more memory than its limit: raise spec.resources.limits.memory."),
  CrashLoop(
      Severity.WARNING, "The container ends again and again: read its last output in the message."),
  NameTaken(
      Severity.WARNING,
      "An object of this name belongs to somebody else: rename the service or the object."),

  // the source says no
  StoreUnreachable(
      Severity.WARNING,
      "The store does not answer: check the host in model.uri, AWS_ENDPOINT_URL or HF_ENDPOINT, and"
          + " the network policies."),
  CredentialsMissing(
      Severity.WARNING,
      "There are no keys for the store: create the Secret that model.secretRef names, with"
          + " the keys that the message names."),
  AccessDenied(
      Severity.WARNING, "The store refuses the keys: check the Secret that model.secretRef names."),
  ArtifactNotFound(
      Severity.WARNING,
      "There is nothing at model.uri: check the bucket or the repository, and the path or the tag."),
  ArtifactInvalid(
      Severity.WARNING, "The artifact lacks a file or holds a damaged one: upload it again."),
  ArtifactMoved(
      Severity.WARNING,
      "The content at model.uri is not the content that this revision began with: start a new"
          + " rollout, or restore the old content."),
  DigestMismatch(
      Severity.WARNING,
      "The content at model.uri is not that of model.digest: name the digest of the content that"
          + " you want, or upload that content."),
  DiskFull(
      Severity.WARNING,
      "The artifact does not fit on the pod's disk: make room on the node, or raise"
          + " spec.cache.sizeLimit."),

  // the model says no
  ModelInvalid(Severity.WARNING, "The file is not a readable ONNX model: export it again."),
  ModelUnsupported(
      Severity.WARNING,
      "ONNX Runtime does not know an operator, a domain or an opset of the model: export it for"
          + " the opset that the message names."),
  LabelsMissing(
      Severity.WARNING, "The task needs labels: add labels.txt, or id2label in config.json."),
  TaskUnsupported(
      Severity.WARNING, "The model's inputs and outputs do not fit the task: change model.task."),
  DoesNotFit(
      Severity.WARNING,
      "The model needs more memory than the pod has left: raise the memory limit."),
  ProviderUnavailable(
      Severity.WARNING,
      "The execution provider cannot be used here: give the pod a GPU and an image with the"
          + " provider's libraries, or set runtime.executionProvider to CPU."),
  PlanInvalid(
      Severity.WARNING,
      "The plan that the pod was given cannot be read: the operator writes it again by itself."),
  InternalError(Severity.WARNING, "A defect of this software: report it with the message.");

  /** How much a reason asks of a human. */
  public enum Severity {
    /** Nothing: it is as it should be. */
    NORMAL,
    /** Nothing: it is being worked on. */
    PROGRESS,
    /** A look: it may not come right by itself. */
    WARNING
  }

  private final Severity severity;
  private final String sentence;

  Reason(Severity severity, String sentence) {
    this.severity = severity;
    this.sentence = sentence;
  }

  public Severity severity() {
    return severity;
  }

  /** Whether the same request to a source can succeed later, without another spec. */
  public boolean mayPass() {
    return switch (this) {
      case StoreUnreachable, CredentialsMissing, AccessDenied, ArtifactNotFound -> true;
      default -> false;
    };
  }

  /** What it means and what to do next, in one sentence. */
  public String sentence() {
    return sentence;
  }
}
