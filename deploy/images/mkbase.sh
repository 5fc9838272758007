#!/bin/bash
# mkbase.sh OUT.tar: the base of both images, from Debian packages and a jlink runtime, as an archive in Docker's format.
# No root, no daemon; the image has no shell. The same package versions and the same JDK give the same bytes.
# `mkbase.sh --inputs` prints what the bytes depend on.
set -euo pipefail
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=../tools.sh
. "$HERE/../tools.sh"

MODULES=java.base,java.compiler,java.datatransfer,java.desktop,java.instrument,java.logging,java.management
MODULES+=,java.management.rmi,java.naming,java.net.http,java.prefs,java.rmi,java.scripting,java.security.jgss
MODULES+=,java.security.sasl,java.sql,java.transaction.xa,java.xml,java.xml.crypto,jdk.crypto.ec,jdk.crypto.cryptoki
MODULES+=,jdk.internal.vm.ci,jdk.jcmd,jdk.jfr,jdk.management,jdk.management.agent,jdk.management.jfr,jdk.naming.dns
MODULES+=,jdk.net,jdk.nio.mapmode,jdk.security.auth,jdk.unsupported,jdk.zipfs

debian_packages() {
  echo libc6 libgcc-s1 libstdc++6 zlib1g base-files netbase tzdata ca-certificates
  apt-cache depends libgcc-s1 | sed -n 's/.*Depends: \(gcc-[0-9]*-base\).*/\1/p' # its version is in its name
}

# download ARGUMENTS...
download() {
  # shellcheck disable=SC2046 # a list of names
  apt-get -o APT::Sandbox::User="$(id -un)" download "$@" $(debian_packages)
}

inputs() {
  download --print-uris | awk '{ print $2, $4 }' | sort # names with versions, and digests
  cat "$JAVA_HOME/release" "$HERE/mkbase.sh" "$HERE/src/main/java/io/modelservice/images/TrustStore.java"
}

# unpack_packages ROOT: folded into a merged-/usr tree
unpack_packages() {
  local root=$1 deb unpacked dir
  for dir in bin lib lib64 sbin; do
    mkdir -p "$root/usr/$dir"
    ln -s "usr/$dir" "$root/$dir"
  done
  mkdir "$work/debs"
  (cd "$work/debs" && { download -q || { apt-get update -q && download -q; }; } >/dev/null) # lists may be older than the mirror
  for deb in "$work"/debs/*.deb; do
    unpacked=$(mktemp -d -p "$work")
    dpkg-deb -x "$deb" "$unpacked"
    for dir in bin lib lib64 sbin; do
      [ -d "$unpacked/$dir" ] && [ ! -L "$unpacked/$dir" ] || continue
      mkdir -p "$unpacked/usr/$dir"
      cp -a "$unpacked/$dir/." "$unpacked/usr/$dir/"
      rm -r "${unpacked:?}/$dir"
    done
    cp -a "$unpacked/." "$root/"
  done
  ln -sf ../lib/x86_64-linux-gnu/ld-linux-x86-64.so.2 "$root/usr/lib64/ld-linux-x86-64.so.2"
}

# users ROOT: names, name lookup, folders
users() {
  local root=$1
  mkdir -p "$root"/{etc,home/nonroot,deployments,proc,sys,dev,tmp}
  printf 'root:x:0:0:root:/:/sbin/nologin\nnonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin\n' >"$root/etc/passwd"
  printf 'root:x:0:\nnonroot:x:65532:\n' >"$root/etc/group"
  printf 'hosts: files dns\n' >"$root/etc/nsswitch.conf"
  chmod 755 "$root"
  chmod 1777 "$root/tmp"
}

# java_runtime ROOT: with both trust stores, PEM and Java, from the ca-certificates package, and default CDS archives
java_runtime() {
  local root=$1 mozilla=$1/usr/share/ca-certificates/mozilla
  "$JAVA_HOME/bin/jlink" --add-modules "$MODULES" --strip-debug --no-man-pages --no-header-files --compress zip-0 \
    --output "$root/opt/java"
  mkdir -p "$root/etc/ssl/certs"
  cat "$mozilla"/*.crt >"$root/etc/ssl/certs/ca-certificates.crt"
  "$JAVA_HOME/bin/java" -Dkeystore.pkcs12.certProtectionAlgorithm=NONE -Dkeystore.pkcs12.macAlgorithm=NONE \
    -cp "$HERE/target/images.jar" io.modelservice.images.TrustStore "$mozilla" "$work/cacerts"
  install -m 644 "$work/cacerts" "$root/opt/java/lib/security/cacerts"
  "$root/opt/java/bin/java" -Xshare:dump >/dev/null 2>&1
  "$root/opt/java/bin/java" -XX:+UseCompactObjectHeaders -Xshare:dump >/dev/null 2>&1
}

# strip ROOT: what a server without a shell never reads
strip() {
  rm -rf "$1"/usr/share/{doc,man,lintian,locale,bug,ca-certificates} "$1"/usr/share/zoneinfo/right \
    "$1"/usr/lib/x86_64-linux-gnu/gconv "$1"/usr/sbin/update-ca-certificates "$1"/etc/ca-certificates
}

# archive ROOT OUT: one layer, config and manifest, in a fixed order with fixed times
archive() {
  local image=$work/image digest fixed=(--sort=name --mtime=@1 --owner=0 --group=0 --numeric-owner)
  mkdir "$image"
  tar "${fixed[@]}" --format=posix --pax-option=exthdr.name=%d/PaxHeaders/%f,delete=atime,delete=ctime \
    -C "$1" -cf "$image/layer.tar" .
  digest=$(sha256sum "$image/layer.tar" | cut -d' ' -f1)
  cat >"$image/config.json" <<JSON
{"architecture": "amd64", "os": "linux", "created": "1970-01-01T00:00:01Z",
 "config": {"User": "65532", "WorkingDir": "/deployments",
   "Env": ["PATH=/opt/java/bin:/usr/bin", "JAVA_HOME=/opt/java", "LANG=C.UTF-8",
           "SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt", "ORT_DISABLE_TELEMETRY=1"]},
 "rootfs": {"type": "layers", "diff_ids": ["sha256:$digest"]},
 "history": [{"created": "1970-01-01T00:00:01Z", "created_by": "mkbase.sh"}]}
JSON
  echo '[{"Config": "config.json", "RepoTags": ["localhost/modelservice/base:25"], "Layers": ["layer.tar"]}]' >"$image/manifest.json"
  tar "${fixed[@]}" -C "$image" -cf "$2" manifest.json config.json layer.tar
}

[ "$(dpkg --print-architecture 2>/dev/null)" = amd64 ] || die "the base image is made from Debian's amd64 packages, on a Debian or Ubuntu machine"
# an empty package list, as in a fresh container, knows no package
apt-cache show libc6 >/dev/null 2>&1 || [ "$(id -u)" != 0 ] || apt-get update -q >/dev/null
case ${1:?mkbase.sh OUT.tar, or --inputs} in
  --inputs) inputs ;;
  *)
    umask 022
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    unpack_packages "$work/root"
    users "$work/root"
    java_runtime "$work/root"
    strip "$work/root"
    archive "$work/root" "$1"
    ;;
esac
