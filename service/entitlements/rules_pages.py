"""The rules of law that Nahtlos reckons with, and the open cases that each touches."""

from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter, Request
from fastapi.responses import Response

from service.agencies.legal_areas import name_of_legal_area
from service.desk.limits import HowMany
from service.entitlements.law import kinds, legal_rules
from service.entitlements.touched import count_touched, touched_by
from service.web.dates import day_in_numbers
from service.web.dependencies import CurrentVisitor, Db, Rendering, SignedIn
from service.web.i18n import Translator, _
from service.web.problems import not_found, standard_refusal
from workflows.domain.legal_rules import LegalRule, Period
from workflows.domain.principal import Role
from workflows.domain.working_days import local_day

router = APIRouter(prefix="/rules")

READS_RULES = frozenset({Role.CASE_MANAGER, Role.SUPERVISOR, Role.COORDINATOR})


@dataclass(frozen=True)
class RuleLine:
    """One version of a rule in words. ``many``: the open cases that it touches now."""

    rule: LegalRule
    says: str
    areas: str
    in_force: str
    many: int


@router.get("")
async def show_rules(
    request: Request, visitor: CurrentVisitor, principal: SignedIn, database: Db, pages: Rendering
) -> Response:
    """Show every rule in force or to come, the newest version of each first."""
    if principal.role not in READS_RULES:
        raise standard_refusal(403)
    t, now = visitor.t, visitor.now
    async with database.transaction() as connection:
        many = await count_touched(connection, principal, now, legal_rules())
    return pages.render(
        request,
        "pages/rules.html",
        lines=[_line(t, rule, many[rule.key], now) for rule in legal_rules()],
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
    versions = [rule for rule in legal_rules() if rule.key == key]
    if not versions:
        raise not_found()
    t, now = visitor.t, visitor.now
    async with database.transaction() as connection:
        many = await count_touched(connection, principal, now, versions)
        cases = await touched_by(connection, principal, now, versions[-1], limit=shown.limit)
    return pages.render(
        request,
        "pages/rule.html",
        lines=[_line(t, rule, many[key], now) for rule in versions],
        cases=cases[: shown.rows],
        by_name=principal.role is not Role.COORDINATOR,
        more=shown.more(len(cases)),
    )


def _line(t: Translator, rule: LegalRule, many: int, now: datetime) -> RuleLine:
    return RuleLine(
        rule=rule,
        says=_says(t, rule),
        areas=", ".join(name_of_legal_area(area, t.language) for area in rule.scope),
        in_force=_in_force(t, rule, now),
        many=many,
    )


def _says(t: Translator, rule: LegalRule) -> str:
    """Say what sets it off, what ends by it, and when."""
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


def _in_force(t: Translator, rule: LegalRule, now: datetime) -> str:
    today = local_day(now)
    if rule.valid_from and rule.valid_from > today:
        return t(_("in force from %(day)s on"), day=day_in_numbers(t, rule.valid_from))
    if rule.valid_to:
        return t(_("in force until %(day)s"), day=day_in_numbers(t, rule.valid_to))
    return t(_("in force"))
