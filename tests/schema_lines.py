"""How requests made up from the schema print a body of lines, which is text whatever it says."""

from __future__ import annotations

import schemathesis


@schemathesis.serializer("application/x-ndjson")
def lines(context: schemathesis.SerializationContext, value: str) -> bytes:
    """The lines as they are."""
    return value.encode("utf-8", "surrogatepass")


@schemathesis.hook
def filter_case(context: schemathesis.HookContext, case: schemathesis.Case) -> bool:
    """Whether a body of lines can be sent: one that is no text cannot."""
    return case.media_type != "application/x-ndjson" or isinstance(case.body, str)
