# Prints a little, then nothing more: idle after a while, and stuck after a longer one.
printf 'indexing the repository\n'
sleep 1
printf 'thinking about the next step\n'
sleep 86400
