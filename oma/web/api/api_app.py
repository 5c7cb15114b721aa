"""The application of the routes, whose OpenAPI document also has the shapes beside them."""

from typing import Any

from fastapi import FastAPI
from pydantic import TypeAdapter

from oma.web.api.event_schema import BESIDE_ROUTES


class ApiApp(FastAPI):
    """Routes that describe themselves."""

    def openapi(self) -> dict[str, Any]:
        """Return the document; events and terminal messages are among its components."""
        if self.openapi_schema is None:
            document = super().openapi()
            _, beside = TypeAdapter.json_schemas(
                [
                    (number, "serialization", TypeAdapter(shape))
                    for number, shape in enumerate(BESIDE_ROUTES)
                ],
                ref_template="#/components/schemas/{model}",
            )
            document["components"]["schemas"].update(beside["$defs"])
        return super().openapi()
