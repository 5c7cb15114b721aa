# Ends by itself, with a status that says so.
printf 'nothing left to do\n'
sleep 5
exit 3
