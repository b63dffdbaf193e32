"""Examples of what programs send about entitlements."""

from fastapi.openapi.models import Example

NOTE: dict[str, Example] = {
    "residence permit": {
        "value": {
            "member": 0,
            "kind": "residence-title",
            "starts_on": "2024-02-01",
            "printed_until": "2027-01-31",
        }
    },
    "recognition": {
        "summary": "A decision: what ends by law because of it gets its last day",
        "value": {"member": 0, "kind": "recognition", "starts_on": "2026-11-26"},
    },
}
CHANGE: dict[str, Example] = {
    "decided": {
        "summary": "A provisional certificate ends with the decision, not on its printed day",
        "value": {"printed_until": "2026-11-30", "effective_until": "2026-12-15"},
    }
}
LET: dict[str, Example] = {"nothing follows": {"value": {"reason": "client-moved"}}}
