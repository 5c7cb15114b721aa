# Works: prints a step every half second.
n=0
while :; do
  n=$((n + 1))
  printf 'step %d: compiling module_%d\n' "$n" "$((n % 17))"
  sleep 0.5
done
