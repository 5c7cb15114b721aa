# Works for a moment as claude does, then asks for permission at the bottom of its screen.
printf '● I will run the tests.\n\n✶ Running… (2s · esc to interrupt)\n'
sleep 3
printf '\033[2J\033[H'
printf '● Bash(pytest -q)\n\n'
printf ' Do you want to proceed?\n ❯ 1. Yes\n   2. Yes, and do not ask again\n   3. No\n\n'
printf ' Esc to cancel · Tab to amend\n'
sleep 86400
