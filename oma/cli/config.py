"""`oma config`: the configuration in force."""

import argparse
import json

from oma.cli.context import read_context
from oma.config.schema import to_mapping


def run(arguments: argparse.Namespace) -> int:
    """Print every option with its value, and where it was read from."""
    context = read_context(arguments)
    mapping = to_mapping(context.config)
    if arguments.json:
        path = None if context.config_path is None else str(context.config_path)
        print(json.dumps({"file": path, "config": mapping}))
        return 0
    print(f"# {context.config_path or 'defaults; no configuration file'}")
    for section, values in mapping.items():
        print(f"\n[{section}]")
        for key, value in values.items():
            # Texts, numbers and lists of texts are spelt in TOML as in JSON.
            print(f"{key} = {json.dumps(value, ensure_ascii=False)}")
    return 0
