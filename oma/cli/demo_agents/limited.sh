# Repeats a request that the model's server refuses, as claude shows it.
n=0
while :; do
  n=$((n % 10 + 1))
  for s in 9 8 7 6 5 4 3 2 1; do
    printf '\033[2J\033[H● Looking at the parser.\n\n'
    printf '✻ API error · Retrying in %ds · attempt %d/10\n\n' "$s" "$n"
    printf '❯ \n  ? for shortcuts\n'
    sleep 1
  done
done
