"""A household that stands at every point of a referral's life at once, for pages to show.

Its names are long, in several scripts, and written from right to left.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from service.takeover.models import TakenOverCase
from workflows.domain.working_days import add_working_days, at_local_time

PADERBORN = "05774032"
STATUTE = "§ 69 Abs. 1 Nr. 1 SGB X"
NOTE = "Der Bescheid liegt vor.\nالرجاء الاتصال بعد الظهر."  # noqa: RUF001

SUBJECT = "ليلى العبد الله"
HOUSEHOLD = [
    ("ليلى", "العبد الله", date(1988, 4, 17), ["ar"], "adult"),
    ("Maximilian-Alexander", "Wojciechowska-Łukaszewiczowa", date(1985, 11, 2), ["pl"], "adult"),
    ("Олена", "Ґалаґан", date(2015, 6, 30), ["uk", "de"], "child"),
]
OF_LAYLA, OF_MAXIMILIAN, OF_OLENA, OF_ALL = range(4)
"""The positions of the paths."""

CONSENTS = [
    {"member": 0, "legal_area": "residence"},
    {"member": 1, "legal_area": "residence"},
    {"member": 2, "agency": "gesundheitsamt"},
    {"member": 0, "agency": "buergerservice-paderborn"},
    {"member": 1, "agency": "buergerservice-paderborn"},
]


def _refer(step: str, agency: str, **more: Any) -> dict[str, Any]:
    return {"actor": "anna", "action": "refer", "step": step, "agency": agency, **more}


def _has(kind: str, printed_in: int | None = None, member: int = 0) -> dict[str, Any]:
    """Note an entitlement; on paper it ends so many days from today."""
    noted = {"actor": "anna", "action": "record-entitlement", "kind": kind, "member": member}
    return noted | {"starts_on": date(2024, 2, 1), "printed_in": printed_in}


def _benefits_end(path: int, days_ago: int) -> list[tuple[int, str, dict[str, Any]]]:
    """Return how the social welfare office brings its step to the end."""
    step: dict[str, Any] = {"path": path, "step": "end-of-asylum-benefits"}
    sent = _refer(step["step"], "sozialamt-paderborn", statute=STATUTE, note=NOTE)
    return [
        (days_ago, "09:00", sent | step),
        *(
            (days_ago - index, "10:00", {"actor": "nina", "action": action, **step})
            for index, action in enumerate(("accept", "arrive", "complete"), start=1)
        ),
    ]


ACTS: list[tuple[int, str, dict[str, Any]]] = [
    # What runs out, what was let go, what holds until somebody decides, what never ends.
    (25, "08:10", _has("residence-title", 30)),
    (25, "08:11", _has("passport", 60)),
    (25, "08:12", _has("provisional-residence", -5, member=1)),
    (25, "08:13", _has("asylum-seekers-benefits")),
    # In progress, completed, and unanswered for so long that a gap is open.
    (24, "08:00", _refer("residence-title", "auslaenderbehoerde-stadt", consent=0)),
    (23, "08:00", {"actor": "lena", "action": "accept", "step": "residence-title"}),
    (22, "08:00", {"actor": "lena", "action": "arrive", "step": "residence-title"}),
    *_benefits_end(OF_LAYLA, 24),
    (
        15,
        "11:00",
        _refer(
            "basic-income",
            "jobcenter-paderborn",
            statute=STATUTE,
            note=NOTE,
            application={"benefit": "basic-income", "office": "jobcenter-paderborn"},
        ),
    ),
    # Just requested, completed, and rejected.
    (1, "08:00", _refer("residence-title", "auslaenderbehoerde-stadt", path=1, consent=1)),
    *_benefits_end(OF_MAXIMILIAN, 12),
    (7, "08:00", _refer("basic-income", "jobcenter-paderborn", path=1, statute=STATUTE)),
    (6, "08:00", {"actor": "kerstin", "action": "claim", "path": 1, "step": "basic-income"}),
    (
        1,
        "08:30",
        {
            "actor": "kerstin",
            "action": "reject",
            "path": 1,
            "step": "basic-income",
            "reason": "documents-missing",
            "note": "Es fehlt der Bescheid über die Gebühren der Unterkunft.",
        },
    ),
    # Accepted; the other step of this path is due and lacks a consent.
    (3, "08:00", _refer("health-check", "gesundheitsamt", path=2, consent=2)),
    (2, "08:00", {"actor": "rita", "action": "accept", "path": 2, "step": "health-check"}),
    # Asked by telephone: this agency is not on board.
    (2, "08:30", _refer("registration", "buergerservice-paderborn", path=3, consent=3)),
]


def in_every_state(today: date) -> TakenOverCase:
    """Return the household as it stands on that day (in Berlin)."""

    def moment(days_ago: int, clock: str) -> datetime:
        return at_local_time(add_working_days(today, -days_ago), time.fromisoformat(clock))

    def dated(days_ago: int, clock: str, act: dict[str, Any]) -> dict[str, Any]:
        filed = {"filed_on": add_working_days(today, -days_ago)}
        application = act.get("application")
        more: dict[str, Any] = {"application": application | filed} if application else {}
        told = {key: value for key, value in act.items() if key != "printed_in"}
        if (days := act.get("printed_in")) is not None:
            more = {"printed_until": today + timedelta(days=days)}
        return {**told, "at": moment(days_ago, clock), **more}

    return _taken_over(
        "in-every-state",
        moment(25, "08:00"),
        paths=[
            {"pathway": "benefit-change", "member": 0},
            {"pathway": "benefit-change", "member": 1},
            {"pathway": "school-entry", "member": 2},
            {"pathway": "arrival"},
        ],
        consents=[
            {
                "fields": ["name", "birth_date", "languages", "household"],
                "purpose": "Weitergabe für diese Station",
                "given_at": add_working_days(today, -25),
                "valid_until": today + timedelta(days=200),
                **consent,
            }
            for consent in CONSENTS
        ],
        acts=sorted((dated(*act) for act in ACTS), key=lambda act: act["at"]),
    )


def all_arranged(name: str, today: date) -> TakenOverCase:
    """Return a household whose every step was left out: the case can be closed."""
    at = at_local_time(add_working_days(today, -2), time(8))
    steps = ("school-advice", "health-check", "school-place", "school-start")
    acts = [
        {"actor": "anna", "action": "waive", "at": at, "step": step, "reason": "no-longer-needed"}
        for step in steps
    ]
    return _taken_over(name, at, [{"pathway": "school-entry", "member": 2}], acts)


def about_to_change(today: date) -> TakenOverCase:
    """Return a household with a path for all and one of its child, on which nobody has acted."""
    at = at_local_time(add_working_days(today, -1), time(8))
    paths: list[dict[str, Any]] = [
        {"pathway": "school-entry", "member": 2},
        {"pathway": "arrival"},
    ]
    return _taken_over("about to change", at, paths, [])


def _taken_over(
    name: str,
    opened_at: datetime,
    paths: list[dict[str, Any]],
    acts: list[dict[str, Any]],
    consents: list[dict[str, Any]] | None = None,
) -> TakenOverCase:
    return TakenOverCase.model_validate(
        {
            "source": "accessibility",
            "external_id": name,
            "municipality": PADERBORN,
            "office": "kim-stadt",
            "case_manager": "anna",
            "opened_at": opened_at,
            "household": [
                {
                    "given_name": given_name,
                    "family_name": family_name,
                    "birth_date": birth_date,
                    "languages": languages,
                    "role": role,
                }
                for given_name, family_name, birth_date, languages, role in HOUSEHOLD
            ],
            "paths": paths,
            "consents": consents or [],
            "acts": acts,
        }
    )
