# shellcheck shell=bash
# To be sourced: finds the JDK (JAVA_HOME), brings the pinned Maven (`maven`), builds what changed (`pack`) and installs
# Debian packages (`packages`).

shopt -s inherit_errexit
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
CACHE=${XDG_CACHE_HOME:-~/.cache}/modelservice
# shellcheck disable=SC2034 # for those who source this
VERSION=$(sed -n 's:.*<version>\(.*\)</version>.*:\1:p' "$ROOT/pom.xml" | head -1)
MAVEN=3.9.16
JAVA=25

die() {
  echo "$(basename "$0"): $*" >&2
  exit 1
}

# packages PROGRAM:PACKAGE...: installs the Debian packages of programs that are missing
packages() {
  local pair missing=()
  for pair; do command -v "${pair%%:*}" >/dev/null || missing+=("${pair#*:}"); done
  [ ${#missing[@]} != 0 ] || return 0
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    die "missing Debian packages, install them: ${missing[*]}"
  fi
  apt-get update -q
  DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends "${missing[@]}"
}

# jdk: prints the first folder that holds a whole JDK of the wanted version
jdk() {
  local home
  for home in "${JAVA_HOME:-}" "$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")" \
    /usr/lib/jvm/*"$JAVA"* /opt/*"$JAVA"* ~/.jdks/*"$JAVA"* ~/.sdkman/candidates/java/"$JAVA"*; do
    if grep -qs "^JAVA_VERSION=\"${JAVA}[.\"]" "$home/release" && [ -x "$home/bin/javac" ] && [ -x "$home/bin/jlink" ]; then
      echo "$home"
      return
    fi
  done
  die "no JDK $JAVA is in JAVA_HOME, on the path, in /usr/lib/jvm, /opt, ~/.jdks or ~/.sdkman; install one and set JAVA_HOME"
}

# maven ARGUMENTS...: the pinned Maven, taken by its artifact name with any Maven there is
maven() {
  local home=$CACHE/maven/apache-maven-$MAVEN
  if [ ! -x "$home/bin/mvn" ]; then
    packages mvn:maven
    mkdir -p "$CACHE/maven"
    (
      cd "$CACHE/maven" || exit
      mvn --quiet --batch-mode org.apache.maven.plugins:maven-dependency-plugin:3.11.0:unpack \
        -Dartifact="org.apache.maven:apache-maven:$MAVEN:tar.gz:bin" -DoutputDirectory="$CACHE/maven"
      find . -maxdepth 1 -name '*project*' -exec rm -r {} + # the plugin's marker, made in the working folder
    )
  fi
  "$home/bin/mvn" --batch-mode --no-transfer-progress --file "$ROOT/pom.xml" "$@"
}

# packed MODULE: whether its result is newer than its sources
packed() {
  local result=$ROOT/$1/target/quarkus-app/quarkus-run.jar
  [ "$1" != deploy/images ] || result=$ROOT/$1/target/images.jar
  [ -f "$result" ] && [ -z "$(find "$ROOT"/{pom.xml,crds/pom.xml,crds/src/main} "$ROOT/$1"/{pom.xml,src/main} -type f -newer "$result" -print -quit)" ]
}

# pack MODULE...: builds those that changed
pack() {
  local module changed=()
  for module; do packed "$module" || changed+=("$module"); done
  [ ${#changed[@]} = 0 ] || maven --quiet package -DskipTests --also-make --projects "$(IFS=, && echo "${changed[*]}")"
}

# program ARGUMENTS...: the inference server as a program of this machine, in place of the shell
program() {
  cd "$ROOT"
  pack runtime
  exec "$JAVA_HOME/bin/java" -XX:+UseCompactObjectHeaders --enable-native-access=ALL-UNNAMED \
    -jar runtime/target/quarkus-app/quarkus-run.jar "$@"
}

JAVA_HOME=$(jdk)
export JAVA_HOME
