# Finds what building and running need; sourced by ./jackfield and ./verify.
# shellcheck shell=bash

# Prints the home of a JDK 25 or later; says what to install when there is none.
find_jdk() {
  local home
  for home in "${JAVA_HOME:-}" "${JDK_HOME:-}" \
    /usr/lib/jvm/*25* /usr/lib/jvm/default-java /opt/*jdk*25* /opt/java/openjdk \
    "$HOME"/.sdkman/candidates/java/25* "$HOME"/.jdks/*25* \
    /Library/Java/JavaVirtualMachines/*25*/Contents/Home; do
    if [ -n "$home" ] && [ -x "$home/bin/javac" ] && is_jdk_25 "$home"; then
      printf '%s\n' "$home"
      return 0
    fi
  done
  {
    echo "Jackfield needs a JDK 25, and none was found in JAVA_HOME or the usual folders."
    echo "Install one, for example:"
    echo "  Debian, Ubuntu:  apt-get install openjdk-25-jdk   (or temurin-25-jdk from Adoptium)"
    echo "  Fedora:          dnf install java-25-openjdk-devel"
    echo "  macOS:           brew install openjdk@25"
    echo "  anywhere:        sdk install java 25-tem          (https://sdkman.io)"
    echo "or set JAVA_HOME to the one you have."
  } >&2
  return 1
}

is_jdk_25() {
  local version
  version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null)
  [ -n "$version" ] && [ "$version" -ge 25 ]
}

# Compares versions: at_least 3.8.7 3.8 is true.
at_least() {
  [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]
}

# Says which build tools are missing; true when none is.
check_build_tools() {
  local missing=0
  local maven node
  maven=$(mvn -v 2>/dev/null | sed -n 's/.*Apache Maven \([0-9.]*\).*/\1/p' | head -n 1)
  if [ -z "$maven" ] || ! at_least "$maven" 3.8; then
    echo "Building needs Maven 3.8 or later${maven:+, and this is $maven}: apt-get install maven" >&2
    missing=1
  fi
  node=$(node --version 2>/dev/null | tr -d v)
  if [ -z "$node" ] || ! at_least "$node" 20; then
    echo "Building needs Node 20 or later${node:+, and this is $node}: https://nodejs.org, or apt-get install nodejs npm" >&2
    missing=1
  fi
  if [ -n "$node" ] && ! command -v npm >/dev/null; then
    echo "Building needs npm, which comes with Node: apt-get install npm" >&2
    missing=1
  fi
  if ! command -v espeak-ng >/dev/null; then
    echo "Building needs eSpeak NG, which says the prompts: apt-get install espeak-ng" >&2
    missing=1
  fi
  return "$missing"
}

# True when nothing below the named paths is newer than the stamp.
up_to_date() {
  local stamp=$1
  shift
  [ -e "$stamp" ] && [ -z "$(find "$@" -type f -newer "$stamp" -print -quit 2>/dev/null)" ]
}

# Builds the browser phone into phone/dist when its sources have changed.
build_phone() {
  local stamp=phone/dist/.built
  if up_to_date "$stamp" phone/src phone/index.html phone/package.json phone/package-lock.json phone/vite.config.ts; then
    return 0
  fi
  echo "building the browser phone ..." >&2
  (cd phone && npm ci --no-audit --no-fund --loglevel=error && npm run build --silent) >&2 || return 1
  touch "$stamp"
}

# Says the built-in prompts into server/prompts/dist when their words have changed.
build_prompts() {
  local stamp=server/prompts/dist/.built
  if up_to_date "$stamp" server/prompts/en.txt server/prompts/ru.txt scripts/prompts; then
    return 0
  fi
  echo "saying the prompts ..." >&2
  scripts/prompts || return 1
  touch "$stamp"
}

# Builds the server and its libraries into server/target/dist when sources have changed.
build_server() {
  local stamp=server/target/.built
  if up_to_date "$stamp" pom.xml phone/dist server/prompts ./*/pom.xml ./*/src/main; then
    return 0
  fi
  echo "building the server ..." >&2
  mvn -q -DskipTests -Dspotless.check.skip=true package >&2 || return 1
  touch "$stamp"
}
