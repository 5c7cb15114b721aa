"""The options of metrics that are sent to a collector of OpenTelemetry."""

import attrs

from oma.config.kinds import Seconds, Text, option

NOWHERE = "-"


@attrs.frozen
class OtlpSection:
    """Where `oma serve` sends its metrics by OTLP. Times are in seconds."""

    endpoint: str = option(
        NOWHERE,
        Text(),
        "Where metrics are sent by OTLP over HTTP; - is nowhere.",
    )
    interval: float = option(60.0, Seconds(at_least_s=1), "Time between two sendings.")
