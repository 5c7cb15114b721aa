"""`oma completion`: the completion script of a shell."""

import argparse

import shtab

from oma.cli.arguments import build_parser


def run(arguments: argparse.Namespace) -> int:
    """Print the script."""
    print(shtab.complete(build_parser(), shell=arguments.shell))
    return 0
