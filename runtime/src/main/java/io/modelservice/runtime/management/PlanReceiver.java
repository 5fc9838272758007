package io.modelservice.runtime.management;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.modelservice.crds.contract.ContractJson;
import io.modelservice.crds.contract.ServingPlan;
import io.modelservice.runtime.plan.PlanCheck;
import io.modelservice.runtime.pod.Pod;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.security.MessageDigest;
import org.jboss.logging.Logger;

/** Reads plans, from whichever way they come, and gives the pod those that are sound. */
@ApplicationScoped
public class PlanReceiver {
  private static final Logger LOG = Logger.getLogger(PlanReceiver.class);

  private final Pod pod;

  PlanReceiver(Pod pod) {
    this.pod = pod;
  }

  /** What became of a plan. */
  public sealed interface Outcome {}

  /** It is in force, now or already. */
  public record Taken(long sequence) implements Outcome {}

  /** A newer one is in force. */
  public record Outdated(long sequence, long inForce) implements Outcome {}

  /** It cannot be read; the one before stays in force. */
  public record Damaged(String why) implements Outcome {}

  /** Whether the token is that of the plan in force. */
  boolean authorized(String token) {
    return pod.plan()
        .map(plan -> MessageDigest.isEqual(bytes(plan.token()), bytes(token)))
        .orElse(false);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  /** Takes the plan of a request; one that is damaged changes nothing. */
  Outcome put(byte[] json) {
    try {
      return give(read(json));
    } catch (IOException e) {
      return new Damaged(String.valueOf(e.getMessage()));
    }
  }

  /** Takes the plan of the mounted file; one that is damaged shows in the pod's state. */
  void file(byte[] json) {
    try {
      give(read(json));
    } catch (IOException e) {
      LOG.warnf("the plan file cannot be read: %s", e.getMessage());
      pod.refuse("the plan file cannot be read: " + e.getMessage());
    }
  }

  private ServingPlan read(byte[] json) throws IOException {
    var plan = ContractJson.readPlan(json);
    var problem = PlanCheck.problem(plan);
    if (problem.isPresent()) {
      throw new IOException(problem.get());
    }
    var mine = pod.plan();
    if (mine.isPresent() && !mine.get().service().equals(plan.service())) {
      throw new IOException(
          "the plan is that of %s, this pod serves %s"
              .formatted(plan.service(), mine.get().service()));
    }
    return plan;
  }

  private Outcome give(ServingPlan plan) {
    return switch (pod.accept(plan)) {
      case ACCEPTED -> {
        LOG.infof("plan %d of %s is in force", plan.sequence(), plan.service());
        yield new Taken(plan.sequence());
      }
      case SAME -> new Taken(plan.sequence());
      case OUTDATED ->
          new Outdated(plan.sequence(), pod.plan().map(ServingPlan::sequence).orElse(0L));
    };
  }
}
