#!/usr/bin/env bash
# Prints as markdown what the versions of rule sets that changed since a commit change against the version before each:
#   scripts/rules-summary.sh <folder of rules> [<commit>]
# Run in the repository of the rules. Without a commit that is known all versions are new ones. A version that cannot be compared says so; the checks say why.
set -euo pipefail

rules=${1:?expected the folder of rules}
base=${2:-unknown}

engine=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
adl() { node "$engine/cli/adl.mjs" "$@"; }

version='[0-9]+\.[0-9]+\.[0-9]+'
git cat-file -e "$base^{commit}" 2>/dev/null || base=$(git hash-object -t tree /dev/null)
changed=$(git -c core.quotePath=false diff --name-only --relative "$base" HEAD -- "$rules" | sed -nE "s#^(.*/[^/]+/$version)/.*#\1#p" | LC_ALL=C sort -u)

echo '## Rules'
[ -n "$changed" ] || printf '\nNo version of a rule set changed.\n'
while IFS= read -r folder; do
  [ -n "$folder" ] || continue
  set=$(dirname "$folder")
  name="$(basename "$set")@$(basename "$folder")"
  printf '\n'
  if [ ! -e "$folder/rule-set.json" ]; then
    echo "**\`$name\`** was removed."
    continue
  fi
  before=$(ls "$set" | grep -xE "$version" | sort -V | awk -v last="$(basename "$folder")" '$0 == last { exit } { before = $0 } END { print before }')
  if [ -z "$before" ]; then
    echo "**\`$name\`** is the first version of its rule set."
  elif ! adl rules diff "$set/$before" "$folder" --format markdown; then
    echo "**\`$name\`** could not be compared with \`$before\`."
  fi
done <<<"$changed"
