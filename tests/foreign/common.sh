# What the scripts beside it share, to be sourced: our side's tables and answers.

# The folder of this run, which is gone afterwards.
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# Ends the script without a fault, with the reason and what the log says of it.
skip() {
  echo "skipped: $1"
  tail -n 3 "$folder/log" 2>/dev/null || true
  exit 0
}

# Puts into `command` how an example is run on the embedded data, or on an invented network of so many
# claims. A large one is worth the time that an optimized build takes.
example_command() {
  local name=$1 claims=$2
  shift 2
  command=(cargo run --quiet --example "$name")
  if [ "${claims:-0}" -gt 100000 ]; then command+=(--release); fi
  command+=(-- "$@")
  if [ -n "$claims" ]; then command+=(--synthetic "$claims"); fi
}

example() {
  example_command "$@"
  "${command[@]}"
}

# Writes the tables, who works on what, and the pairs of countries to the folder.
write_ours() {
  example export "${1:-}" csv "$folder/tables" >/dev/null
  example pairs "${1:-}" --works >"$folder/works.csv"
  example pairs "${1:-}" --csv >"$folder/pairs.csv"
}
