"""The life of the operator: a service account, an API server with one service, its children, a change of the service."""

import api
from calls import MANAGEMENT, ask_as_cluster, call, until

PORT = 6443
ACCOUNT = "var/run/secrets/kubernetes.io/serviceaccount"
SETTINGS = {
    "KUBERNETES_SERVICE_HOST": "127.0.0.1",
    "KUBERNETES_SERVICE_PORT": str(PORT),
    "MODELSERVICE_OPERATOR_POD": "operator-1",
    "MODELSERVICE_OPERATOR_NAMESPACE": "training",
    "MODELSERVICE_RUNTIME_IMAGE": "localhost/modelservice/runtime:training",
}
SERVICES = "apis/serving.modelservice.io/v1alpha1/modelservices"
DEPLOYMENTS = "apis/apps/v1/deployments"
SERVICE = {
    "apiVersion": "serving.modelservice.io/v1alpha1",
    "kind": "ModelService",
    "metadata": {"name": "colours", "namespace": "training"},
    "spec": {"model": {"uri": "s3://models/colours", "task": "image-classification", "secretRef": {"name": "store-keys"}}},
}

server = api.Server()


def prepare(root):
    """The files that a pod finds."""
    account = root / ACCOUNT
    account.mkdir(parents=True)
    (account / "token").write_text("token")
    (account / "namespace").write_text("training")
    server.start(PORT, account / "ca.crt")
    server.put(SERVICES, SERVICE)
    return SETTINGS


def live(program):
    until("ready", program, lambda: call(MANAGEMENT + "/q/health/ready"))
    until("creating the service", program, lambda: server.get(DEPLOYMENTS, "training", "colours"))
    until("reporting", program, lambda: status().get("conditions"))
    ask_as_cluster()
    edited = server.get(SERVICES, "training", "colours")
    server.put(SERVICES, edited | {"spec": edited["spec"] | {"replicas": 2}})
    until("scaling", program, lambda: status().get("observedGeneration") == 2)


def status():
    return server.get(SERVICES, "training", "colours").get("status", {})
