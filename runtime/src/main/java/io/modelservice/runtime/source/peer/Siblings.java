package io.modelservice.runtime.source.peer;

import io.modelservice.crds.contract.ServingPlan;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/** All pods of a service, by the name of its headless Service. */
public final class Siblings {
  private static final int PORT = 9000;

  private Siblings() {}

  /** Those that DNS knows now, this pod among them; none where there is no such name. */
  public static List<Peer> of(ServingPlan plan) {
    var service = plan.service().split("/", 2);
    try {
      var all = InetAddress.getAllByName(service[1] + "-peers." + service[0] + ".svc");
      return Arrays.stream(all).map(address -> peer(address, plan.token())).toList();
    } catch (UnknownHostException e) {
      return List.of();
    }
  }

  private static Peer peer(InetAddress address, String token) {
    var host = address.getHostAddress();
    var literal = address instanceof Inet6Address ? "[" + host + "]" : host;
    return new Peer(host, literal + ":" + PORT, token);
  }
}
