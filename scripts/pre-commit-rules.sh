#!/usr/bin/env bash
# Refuses a commit whose rule sets are not in order: checks the staged versions of rule sets, `<rules>/<rule set>/<version>/`, as they would be committed,
# and that no released version changed. Says file and line of each fault; silent when all is well. As a hook of git, in a repository of rules:
#   printf '#!/bin/sh\nexec <engine>/scripts/pre-commit-rules.sh\n' > .git/hooks/pre-commit && chmod +x .git/hooks/pre-commit
set -euo pipefail

engine=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
adl() { node "$engine/cli/adl.mjs" "$@"; }
[ -e "$engine/node_modules/.package-lock.json" ] || node "$engine/scripts/install.mjs" >&2

cd "$(git rev-parse --show-toplevel)"
version_file='^((.+/)?[A-Za-z0-9_.-]+/[0-9]+\.[0-9]+\.[0-9]+)/.+'
lock_file='^(.+/)?released\.lock\.json$'

has() { git cat-file -e "$1" 2>/dev/null; }

# of each staged path a line `folder`, where a version is staged, and a line `root`, where a lock has to hold
concerned() {
  local path folder root
  while IFS= read -r -d '' path; do
    if [[ $path =~ $version_file ]]; then
      folder=${BASH_REMATCH[1]} root=${BASH_REMATCH[2]:-./}
      if has ":$folder/rule-set.json"; then
        printf 'folder %s\nroot %s\n' "$folder" "${root%/}"
      elif has "HEAD:$folder/rule-set.json"; then
        printf 'root %s\n' "${root%/}"
      fi
    elif [[ $path =~ $lock_file ]]; then
      root=${BASH_REMATCH[1]:-./}
      printf 'root %s\n' "${root%/}"
    fi
  done < <(git diff --cached --name-only --no-renames -z)
}

folders=() roots=()
while read -r kind path; do
  [ "$kind" != folder ] || folders+=("$path")
  [ "$kind" != root ] || roots+=("$path")
done < <(concerned | LC_ALL=C sort -u)
[ ${#roots[@]} -gt 0 ] || exit 0

# what is staged, not what lies in the working folder: the two may differ
staged=$(mktemp -d)
trap 'rm -rf "$staged"' EXIT
for root in "${roots[@]}"; do
  git ls-files -z --cached -- "$root" | git checkout-index -z -f --stdin --prefix="$staged/"
  mkdir -p "$staged/$root"
done

refused=0
run() {
  local said
  if ! said=$(cd "$staged" && "$@" 2>&1); then
    printf '%s\n' "$said"
    refused=1
  fi
}

[ ${#folders[@]} -eq 0 ] || run adl rules check "${folders[@]}"
for root in "${roots[@]}"; do
  if git show "HEAD:./$root/released.lock.json" >"$staged/.earlier.lock.json" 2>/dev/null; then
    run adl rules release --check --root "$root" --since .earlier.lock.json
  else
    run adl rules release --check --root "$root"
  fi
done
exit "$refused"
