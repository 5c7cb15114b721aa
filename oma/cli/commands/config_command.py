"""`oma config`: the configuration in force."""

import argparse
import json

from oma.cli.arguments import add_json
from oma.cli.cli_context import read_context
from oma.cli.exit_codes import DONE
from oma.cli.option_values import JsonOptions
from oma.cli.printed_shapes import ConfigDocument
from oma.config.schema import to_mapping


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `oma config`."""
    add_json(parser)


def run(options: JsonOptions) -> int:
    """Print every option with its value, and where it was read from."""
    context = read_context(options)
    mapping = to_mapping(context.config)
    if options.json:
        path = None if context.config_path is None else str(context.config_path)
        told: ConfigDocument = {"file": path, "config": mapping}
        print(json.dumps(told))
        return DONE
    print(f"# {context.config_path or 'defaults; no configuration file'}")
    for section, values in mapping.items():
        print(f"\n[{section}]")
        for key, value in values.items():
            # Texts, numbers and lists of texts are spelt in TOML as in JSON.
            print(f"{key} = {json.dumps(value, ensure_ascii=False)}")
    return DONE
