"""The rules of law that Nahtlos reckons with, and the open cases that each touches."""

from dataclasses import dataclass
from datetime import date, datetime

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.ext.asyncio import AsyncConnection

from service.agencies.legal_areas import name_of_legal_area
from service.desk.limits import HowMany
from service.entitlements.law import application_rules, kinds, legal_rules
from service.entitlements.touched import count_touched, touched_by
from service.entitlements.waiting import count_waiting, waiting_for
from service.web.dates import day_in_numbers
from service.web.dependencies import CurrentVisitor, Db, Rendering, SignedIn
from service.web.i18n import Translator, _
from service.web.problems import not_found, standard_refusal
from service.web.visitors import Visitor
from workflows.domain.legal_rules import ApplicationRule, LegalRule, Period, Rule
from workflows.domain.principal import Principal, Role
from workflows.domain.working_days import local_day

router = APIRouter(prefix="/rules")

READS_RULES = frozenset({Role.CASE_MANAGER, Role.SUPERVISOR, Role.COORDINATOR})


@dataclass(frozen=True)
class RuleLine:
    """One version of a rule in words. ``many``: the open cases that it touches now."""

    rule: Rule
    says: str
    areas: str
    in_force: str
    many: int


@dataclass(frozen=True)
class TouchedLine:
    """One of the office's people whom a rule touches, and since when."""

    subject: str
    url: str
    case_manager: str
    about: str


@router.get("")
async def show_rules(
    request: Request, visitor: CurrentVisitor, principal: SignedIn, database: Db, pages: Rendering
) -> Response:
    """Show every rule in force or to come, in the order of their file."""
    if principal.role not in READS_RULES:
        raise standard_refusal(403)
    t, now = visitor.t, visitor.now
    async with database.transaction() as connection:
        many = await count_touched(connection, principal, now, legal_rules())
        many |= await count_waiting(connection, principal, now, application_rules())
    return pages.render(
        request,
        "pages/rules.html",
        lines=[_line(t, rule, many[rule.key], now) for rule in _all_rules()],
    )


@router.get("/{key}")
async def show_rule(
    request: Request,
    key: str,
    visitor: CurrentVisitor,
    principal: SignedIn,
    database: Db,
    pages: Rendering,
    shown: HowMany,
) -> Response:
    """Show the versions of a rule, and the office's open cases that it touches."""
    if principal.role not in READS_RULES:
        raise standard_refusal(403)
    versions = [rule for rule in _all_rules() if rule.key == key]
    if not versions:
        raise not_found()
    t, now = visitor.t, visitor.now
    async with database.transaction() as connection:
        many = await _many(connection, principal, now, versions[-1])
        touched = await _touched(connection, visitor, principal, versions[-1], shown.limit)
    return pages.render(
        request,
        "pages/rule.html",
        lines=[_line(t, rule, many, now) for rule in versions],
        touched=touched[: shown.rows],
        by_name=principal.role is not Role.COORDINATOR,
        more=shown.more(len(touched)),
    )


def _all_rules() -> tuple[LegalRule | ApplicationRule, ...]:
    return (*legal_rules(), *application_rules())


async def _many(
    connection: AsyncConnection,
    principal: Principal,
    now: datetime,
    rule: LegalRule | ApplicationRule,
) -> int:
    if isinstance(rule, LegalRule):
        return (await count_touched(connection, principal, now, [rule]))[rule.key]
    return (await count_waiting(connection, principal, now, [rule]))[rule.key]


async def _touched(
    connection: AsyncConnection,
    visitor: Visitor,
    principal: Principal,
    rule: LegalRule | ApplicationRule,
    limit: int,
) -> list[TouchedLine]:
    """Return whom the rule touches: who holds what it ends, or waits for a decision."""
    t, now = visitor.t, visitor.now
    if isinstance(rule, LegalRule):
        held = await touched_by(connection, principal, now, rule, limit=limit)
        return [
            TouchedLine(
                subject=one.subject,
                url=f"/cases/{one.case_id}/entitlements/{one.entitlement_id}",
                case_manager=one.case_manager,
                about=_held_since(t, one.starts_on, one.last_day),
            )
            for one in held
        ]
    waiting = await waiting_for(connection, principal, now, rule, limit=limit)
    return [
        TouchedLine(
            subject=one.subject,
            url=f"/referrals/{one.referral_id}",
            case_manager=one.case_manager,
            about=_waits_since(t, one.agency, one.filed_on, rule),
        )
        for one in waiting
    ]


def _held_since(t: Translator, starts_on: date, last_day: date | None) -> str:
    since = t(_("since %(day)s"), day=day_in_numbers(t, starts_on))
    if last_day is None:
        return since
    return f"{since} · {t(_('valid until %(day)s'), day=day_in_numbers(t, last_day))}"


def _waits_since(t: Translator, agency: str, filed_on: date, rule: ApplicationRule) -> str:
    sentence = _("%(agency)s · filed on %(filed)s · open from %(day)s on")
    return t(
        sentence,
        agency=agency,
        filed=day_in_numbers(t, filed_on),
        day=day_in_numbers(t, rule.open_from(filed_on)),
    )


def _line(t: Translator, rule: LegalRule | ApplicationRule, many: int, now: datetime) -> RuleLine:
    return RuleLine(
        rule=rule,
        says=_says(t, rule),
        areas=", ".join(name_of_legal_area(area, t.language) for area in rule.scope),
        in_force=_in_force(t, rule, now),
        many=many,
    )


def _says(t: Translator, rule: LegalRule | ApplicationRule) -> str:
    """Say what sets it off, what follows from it, and when."""
    if isinstance(rule, ApplicationRule):
        sentence = _("Set off by: an application that is not decided. Open after %(period)s.")
        return t(sentence, period=_period(t, rule.duration))
    named = {
        "trigger": kinds()[rule.trigger].title.in_language(t.language),
        "ends": kinds()[rule.ends].title.in_language(t.language),
    }
    if not rule.duration.count:
        sentence = _("Set off by: %(trigger)s. Ends: %(ends)s, with the end of the month.")
        return t(sentence, **named)
    sentence = _("Set off by: %(trigger)s. Ends: %(ends)s, after %(period)s.")
    return t(sentence, period=_period(t, rule.duration), **named)


def _period(t: Translator, period: Period) -> str:
    match period.unit:
        case "day":
            return t.plural("one day", "%(num)s days", period.count)
        case "week":
            return t.plural("one week", "%(num)s weeks", period.count)
        case "month":
            return t.plural("one month", "%(num)s months", period.count)
        case "year":
            return t.plural("one year", "%(num)s years", period.count)


def _in_force(t: Translator, rule: Rule, now: datetime) -> str:
    today = local_day(now)
    if rule.valid_from and rule.valid_from > today:
        return t(_("in force from %(day)s on"), day=day_in_numbers(t, rule.valid_from))
    if rule.valid_to:
        return t(_("in force until %(day)s"), day=day_in_numbers(t, rule.valid_to))
    return t(_("in force"))
