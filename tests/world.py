"""The world that the cast lives in: its agencies, accounts and pathways, in the database."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import insert
from temporalio.worker import Worker
from uuid_utils.compat import uuid7

from service.accounts.tables import users
from service.agencies.tables import agencies, agency_municipalities, municipalities
from service.bootstrap import Container
from service.cases.joining import add_member
from service.cases.leaving import remove_member
from service.cases.opening import open_case
from service.cases.schemas import (
    JoiningMember,
    LeavingMember,
    NewCase,
    NewMember,
    NewPath,
    NewReferral,
)
from service.entitlements.acting import record_entitlement
from service.entitlements.schemas import NewEntitlement
from service.pathways import repository as pathways
from service.referrals.acting import act_on_referral
from service.referrals.schemas import ActBody
from service.referrals.sending import send_referral
from service.worker import Ports, build_worker
from tests import cast
from workflows.domain.actions import Action, Side
from workflows.domain.basis import Basis
from workflows.domain.moves import MOVES
from workflows.domain.pathway import Pathway
from workflows.domain.principal import Principal
from workflows.domain.reasons import LeavingReason
from workflows.domain.referral_state import ActDone
from workflows.domain.working_days import local_day

PADERBORN = "05774032"
STATUTE = "§ 69 SGB X"

AGENCIES = (
    (cast.OFFICE_A, "office-a", "KIM-Büro A", "integration-management", True),
    (cast.OFFICE_B, "office-b", "KIM-Büro B", "integration-management", True),
    (cast.RECEIVER, "receiver", "Jobcenter Paderborn", "basic-income", True),
    (cast.OTHER_AGENCY, "other-agency", "Ausländerbehörde Paderborn", "residence", True),
    (cast.SILENT_AGENCY, "silent-agency", "Schulamt Paderborn", "schooling", False),
)

PEOPLE = (
    (cast.ANNA, "anna", "Anna Albers"),
    (cast.STEFAN, "stefan", "Stefan Sommer"),
    (cast.BEN, "ben", "Ben Brandt"),
    (cast.CLARA, "clara", "Clara Conrad"),
    (cast.KARIM, "karim", "Karim Krüger"),
    (cast.SABINE, "sabine", "Sabine Seidel"),
    (cast.DIETER, "dieter", "Dieter Dorn"),
    (cast.KATJA, "katja", "Katja König"),
    (cast.OLGA, "olga", "Olga Otto"),
)


def pathway(key: str = "benefit-change", **terms: str) -> Pathway:
    """Return a path of three steps: job centre, then immigration office, and school beside them."""
    rule = {"paragraph": STATUTE}

    def step(step_key: str, legal_area: str, after: list[str]) -> dict[str, object]:
        return {
            "key": step_key,
            "title": {"de": f"Station {step_key}", "en": f"Step {step_key}"},
            "legal_area": legal_area,
            "after": after,
            "fields": ["name", "birth_date", "note"],
            "statutes": [rule],
            "terms": terms,
        }

    return Pathway.model_validate(
        {
            "key": key,
            "version": 1,
            "title": {"de": "Rechtskreiswechsel", "en": "Benefit change"},
            "summary": {"de": "Von AsylbLG zu SGB II", "en": "From AsylbLG to SGB II"},
            "steps": [
                step("job-centre", "basic-income", []),
                step("residence", "residence", ["job-centre"]),
                step("school", "schooling", []),
            ],
        }
    )


@dataclass(frozen=True)
class World:
    """What the people of the cast can do, in words short enough for a test."""

    container: Container

    def worker(self) -> Worker:
        """Return a worker that serves this world."""
        container = self.container
        ports = Ports.on(container.database)
        return build_worker(container.client, ports, container.engine.task_queue)

    async def publish(self, *new: Pathway) -> None:
        """Publish pathways."""
        async with self.container.database.transaction() as connection:
            now = self.container.clock.now()
            await pathways.publish(connection, Principal.system(), new, now)

    async def open_case(
        self,
        actor: Principal = cast.ANNA,
        pathway_key: str = "benefit-change",
        key: str | None = None,
        *,
        family_name: str = "Haddad",
    ) -> UUID:
        """Open a case of one person on one path."""
        member = NewMember(
            given_name="Mariam", family_name=family_name, birth_date=date(1990, 5, 4)
        )
        new = NewCase(
            municipality=PADERBORN,
            household=(member,),
            paths=(NewPath(pathway=pathway_key, member=0),),
        )
        return await open_case(self.container, actor, new, key or str(uuid7()))

    async def refer(
        self,
        case_id: UUID,
        step: str = "job-centre",
        agency: str = "receiver",
        actor: Principal = cast.ANNA,
        key: str | None = None,
        note: str | None = None,
    ) -> UUID:
        """Send a step to an agency."""
        new = NewReferral(step=step, agency=agency, basis=Basis(statute=STATUTE), note=note)
        return await send_referral(self.container, actor, case_id, new, key or str(uuid7()))

    async def add(
        self,
        case_id: UUID,
        given_name: str = "Nour",
        born: date = date(2026, 1, 9),
        actor: Principal = cast.ANNA,
        key: str | None = None,
    ) -> UUID:
        """Take somebody into the household of a case."""
        new = JoiningMember(
            given_name=given_name, family_name="Haddad", birth_date=born, role="child"
        )
        return await add_member(self.container, actor, case_id, new, key or str(uuid7()))

    async def remove(
        self,
        case_id: UUID,
        member_id: UUID,
        reason: LeavingReason = LeavingReason.OWN_HOUSEHOLD,
        actor: Principal = cast.ANNA,
        key: str | None = None,
        note: str | None = None,
    ) -> ActDone:
        """Let somebody go, today."""
        today = local_day(self.container.clock.now())
        body = LeavingMember(left_on=today, reason=reason, note=note)
        return await remove_member(
            self.container, actor, case_id, member_id, body, key or str(uuid7())
        )

    async def note(
        self, case_id: UUID, kind: str, actor: Principal = cast.ANNA, **days: date
    ) -> UUID:
        """Note an entitlement of the case's first member; it began on New Year's Day."""
        new = NewEntitlement(member=0, kind=kind, starts_on=date(2026, 1, 1))
        body = NewEntitlement.model_validate(new.model_dump() | days)
        return await record_entitlement(self.container, actor, case_id, body, str(uuid7()))

    async def act(
        self,
        referral_id: UUID,
        action: Action,
        actor: Principal | None = None,
        key: str | None = None,
        **body: object,
    ) -> ActDone:
        """Act on a referral: Clara does, or Anna where it is the sender's to do."""
        is_senders = action in MOVES and MOVES[action].side is Side.SENDER
        return await act_on_referral(
            self.container,
            actor or (cast.ANNA if is_senders else cast.CLARA),
            referral_id,
            action,
            ActBody.model_validate(body),
            key or str(uuid7()),
        )


async def make_world(container: Container) -> World:
    """Write the agencies, accounts and the standard pathway."""
    world = World(container)
    now = container.clock.now()
    async with container.database.transaction() as connection:
        await connection.execute(
            insert(municipalities).values(ags=PADERBORN, name="Paderborn", sort_key="paderborn")
        )
        for agency_id, key, name, legal_area, on_board in AGENCIES:
            await connection.execute(
                insert(agencies).values(
                    id=agency_id,
                    key=key,
                    name=name,
                    sort_key=key,
                    legal_area=legal_area,
                    on_board=on_board,
                    queue_address=f"{key}@example.org" if on_board else None,
                    telephone="05251 000-0",
                    capacity="available",
                )
            )
            await connection.execute(
                insert(agency_municipalities).values(agency_id=agency_id, ags=PADERBORN)
            )
        for principal, name, display_name in PEOPLE:
            await connection.execute(
                insert(users).values(
                    id=principal.user_id,
                    name=name,
                    display_name=display_name,
                    sort_key=name,
                    role=principal.role,
                    agency_id=principal.agency_id,
                    password_hash="never matches",
                    email=f"{name}@example.org",
                    language="de",
                    active=True,
                    created_at=now,
                )
            )
    await world.publish(pathway())
    return world
