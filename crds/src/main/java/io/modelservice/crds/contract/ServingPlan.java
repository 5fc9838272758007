package io.modelservice.crds.contract;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.modelservice.crds.ExecutionProvider;
import io.modelservice.crds.RuntimeSpec.Batching;
import io.modelservice.crds.RuntimeSpec.Queue;
import io.modelservice.crds.Task;
import io.modelservice.crds.contract.PodState.Failure;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What every pod of a service should hold: the operator's order. Mounted as {@code
 * /etc/modelservice/plan.json} and sent by {@code PUT :9000/plan}.
 *
 * @param version of this format; a pod names those it reads in its state
 * @param sequence only grows; a pod refuses a lower one than it has
 * @param service {@code namespace/name}
 * @param token the bearer token of the management port's protected paths
 * @param seed the pod that reads the source for all; where it has no address, its content counts
 *     for entries that have no digest yet; null while none is chosen
 * @param seedAddress {@code host:port} of the seed's management port, where the other pods take the
 *     files from; null where pods read the source themselves
 * @param lookEvery how soon a pod must notice new content at the stable entry's URI, for example
 *     {@code 5m}; null where nobody looks
 * @param models one {@link Role#Stable} entry, and at most one {@link Role#Candidate}
 */
@JsonInclude(NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ServingPlan(
    int version,
    long sequence,
    String service,
    String token,
    @Nullable String seed,
    @Nullable String seedAddress,
    @Nullable String lookEvery,
    List<Entry> models) {

  /** The version this code writes and reads. */
  public static final int VERSION = 1;

  /** A plan whose pods read the source themselves, once. */
  public ServingPlan(
      int version,
      long sequence,
      String service,
      String token,
      @Nullable String seed,
      List<Entry> models) {
    this(version, sequence, service, token, seed, null, null, models);
  }

  /** What a revision is to the service. */
  public enum Role {
    /** Answers users. */
    Stable,
    /** Loaded and warmed beside the stable one; answers nobody. */
    Candidate
  }

  /**
   * One revision that the pods hold.
   *
   * @param revision 10 hex digits, unique within the service
   * @param uri of the artifact
   * @param pin of the source, once a pod has fetched it
   * @param digest {@code sha256:HEX} of the artifact, once a pod has fetched it; other content is
   *     refused
   * @param settings the model-level fields that the user set
   */
  @JsonInclude(NON_NULL)
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Entry(
      String revision,
      Role role,
      String uri,
      @Nullable SourcePin pin,
      @Nullable String digest,
      Settings settings) {

    public Entry withRole(Role other) {
      return new Entry(revision, other, uri, pin, digest, settings);
    }

    /** The same with whatever is at the URI now. */
    public Entry unpinned() {
      return new Entry(revision, role, uri, null, null, settings);
    }

    public Entry withContent(@Nullable SourcePin itsPin, String itsDigest) {
      return new Entry(revision, role, uri, itsPin, itsDigest, settings);
    }
  }

  /**
   * Model-level fields; null where the user set none and the runtime's default holds.
   *
   * @param timeout longest time of a request, for example {@code 30s}
   * @param instances parallel lanes
   * @param batching how requests share runs
   * @param queue how requests wait
   * @param digest {@code sha256:HEX} of the only content that may be served
   */
  @JsonInclude(NON_NULL)
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Settings(
      @Nullable Task task,
      @Nullable ExecutionProvider executionProvider,
      @Nullable Integer instances,
      @Nullable String timeout,
      @Nullable Batching batching,
      @Nullable Queue queue,
      @Nullable String digest) {
    /** What a user gets who sets nothing. */
    public static final Settings DEFAULT = of(null);

    /** Any content may be served. */
    public Settings(
        @Nullable Task task,
        @Nullable ExecutionProvider executionProvider,
        @Nullable Integer instances,
        @Nullable String timeout,
        @Nullable Batching batching,
        @Nullable Queue queue) {
      this(task, executionProvider, instances, timeout, batching, queue, null);
    }

    /** Only the task is set. */
    public static Settings of(@Nullable Task task) {
      return new Settings(task, null, null, null, null, null);
    }

    public Settings withDigest(@Nullable String other) {
      return new Settings(task, executionProvider, instances, timeout, batching, queue, other);
    }

    /**
     * Why content may not be served; empty if it may, or is not known yet.
     *
     * @param found its digest
     */
    public Optional<Failure> refuses(@Nullable String found) {
      return digest == null || found == null || digest.equals(found)
          ? Optional.empty()
          : Optional.of(
              new Failure(
                  Reason.DigestMismatch,
                  "the content at model.uri has the digest %s, model.digest asks for %s"
                      .formatted(found, digest)));
    }

    /** Most rows of a shared run, if the user said so. */
    public Optional<Integer> maxBatch() {
      return Optional.ofNullable(batching).map(Batching::maxSize);
    }

    /** How long a request may wait for a lane, if the user said so. */
    public Optional<String> maxWait() {
      return Optional.ofNullable(queue).map(Queue::maxWait);
    }
  }

  public ServingPlan withModels(List<Entry> others) {
    return new ServingPlan(version, sequence, service, token, seed, seedAddress, lookEvery, others);
  }

  public Optional<Entry> entry(String revision) {
    return models.stream().filter(entry -> entry.revision().equals(revision)).findFirst();
  }

  public Optional<Entry> stable() {
    return withRole(Role.Stable);
  }

  public Optional<Entry> candidate() {
    return withRole(Role.Candidate);
  }

  private Optional<Entry> withRole(Role role) {
    return models.stream().filter(entry -> entry.role() == role).findFirst();
  }
}
