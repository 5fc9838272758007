# shellcheck shell=bash
# RSA throughout: Java clients read elliptic-curve keys only with a further library.

# authority NAME
authority() {
  [ -s "$PKI/$1.crt" ] || openssl req -x509 -newkey rsa:2048 -noenc -days 3650 -subj "/CN=$1" \
    -addext keyUsage=critical,keyCertSign,cRLSign -keyout "$PKI/$1.key" -out "$PKI/$1.crt" 2>/dev/null
}

# certificate NAME AUTHORITY SUBJECT [ALTERNATIVE NAMES]
certificate() {
  [ ! -s "$PKI/$1.crt" ] || return 0
  openssl req -new -newkey rsa:2048 -noenc -subj "$3" -keyout "$PKI/$1.key" 2>/dev/null |
    openssl x509 -req -CA "$PKI/$2.crt" -CAkey "$PKI/$2.key" -set_serial "0x$(openssl rand -hex 8)" -days 3650 \
      -extfile <(printf '%s\n' extendedKeyUsage=serverAuth,clientAuth authorityKeyIdentifier=keyid ${4:+"subjectAltName=$4"}) \
      -out "$PKI/$1.crt" 2>/dev/null
}

# config FILE CERTIFICATE: a kubeconfig that holds all it needs
config() {
  cat >"$1" <<YAML
apiVersion: v1
kind: Config
clusters:
- name: cluster
  cluster: {server: "https://$NET.1:6443", certificate-authority-data: $(base64 -w0 <"$PKI/ca.crt")}
users:
- name: $2
  user:
    client-certificate-data: $(base64 -w0 <"$PKI/$2.crt")
    client-key-data: $(base64 -w0 <"$PKI/$2.key")
contexts: [{name: cluster, context: {cluster: cluster, user: $2}}]
current-context: cluster
YAML
}

certificates() {
  local part n kubernetes=DNS:kubernetes
  for part in default svc cluster local; do kubernetes+=,${kubernetes##*,}.$part; done
  mkdir -p "$PKI"
  chmod 700 "$PKI"
  authority ca
  authority front-ca
  [ -s "$PKI/sa.key" ] || openssl genrsa -out "$PKI/sa.key" 2048 2>/dev/null
  certificate apiserver ca /CN=kube-apiserver "$kubernetes,DNS:localhost,IP:127.0.0.1,IP:$NET.1,IP:$SERVICES.0.1"
  certificate kubelet-client ca /CN=kube-apiserver-kubelet-client
  certificate front-proxy front-ca /CN=front-proxy
  certificate admin ca /O=system:masters/CN=admin
  for part in kube-controller-manager kube-scheduler kube-proxy; do
    certificate $part ca "/CN=system:$part"
    config "$PKI/$part.kubeconfig" $part
  done
  for n in $(seq "$NODES"); do
    certificate "node$n" ca "/O=system:nodes/CN=system:node:node$n" "DNS:node$n,IP:$NET.$n"
    config "$PKI/node$n.kubeconfig" "node$n"
  done
  (umask 077 && config "$KUBECONFIG" admin)
}
