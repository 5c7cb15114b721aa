"""What a command line runs, behind what launches it."""

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.detection.programs import plain_name, program_names


@pytest.mark.parametrize(
    "line",
    [
        "claude",
        "/usr/local/bin/claude --continue",
        "/nix/store/n6yv-claude-2.1/bin/.claude-wrapped",
        "/nix/store/n6yv-claude-2.1/bin/claude-unwrapped -p x",
        "/home/u/.local/share/claude/versions/2.1.34 --resume",
        "claude-2.1.34",
        "claude-x86_64-unknown-linux-musl",
        "claude.exe",
        "node /usr/bin/claude",
        "node --max-old-space-size=4096 /usr/bin/claude.js",
        "bun ./claude --yolo",
        "npx -y claude@latest",
        "npx @anthropic-ai/claude",
        "npm exec claude",
        "uvx claude",
        "uv tool run claude",
        "pipx run claude",
        "python3 -m claude --model x",
        "python3.11 /home/u/.local/bin/claude",
        "bash -lc 'cd /src && exec claude --continue'",
        "sh -c 'TERM=xterm claude'",
        "/bin/sh /usr/local/bin/claude --continue",
        "bash -e /home/u/bin/claude",
        "docker exec -it -u me -w /src box claude",
        "docker exec -it box bash -lc claude",
        "docker run --rm -it image claude --yolo",
        "docker compose exec agents claude",
        "podman exec -ti box /usr/bin/claude",
        "kubectl exec -it pod -n space -- claude",
        "ssh -t -p 2222 me@host claude --continue",
        "ssh host 'cd /src; claude'",
        "mosh host -- claude",
    ],
)
def test_the_program_is_found_behind_its_launcher(line):
    assert "claude" in program_names(shlex.split(line))


@pytest.mark.parametrize(
    "line",
    [
        "vim claude.md",
        "tail -f claude.log",
        "grep -r claude .",
        "git commit -m claude",
        "man claude",
        "less /src/claude",
        "node server.js claude",
        "python3 claude.py",
        "ssh claude",
        "docker exec claude bash",
        "docker logs -f claude",
        "bash ./claude.sh",
        "sudo -u claude bash",
        "",
    ],
)
def test_a_name_that_is_an_argument_is_no_program(line):
    assert "claude" not in program_names(line.split())


def test_a_version_is_no_name_and_a_name_with_a_number_is():
    assert plain_name("/opt/node/v22.1.0/bin/node") == "node"
    assert plain_name("2.1.34") == "2.1.34"
    assert plain_name("gpt4") == "gpt4"


@given(st.lists(st.text(max_size=30), max_size=80))
def test_any_command_line_is_read(argv):
    program_names(argv)
