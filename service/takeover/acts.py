"""From an act as it was brought to the message that the rules take, with its basis checked."""

from uuid import UUID, uuid5

from uuid_utils.compat import uuid7

from service.agencies.lookup import INTEGRATION_MANAGEMENT
from service.entitlements.law import kinds, legal_rules
from service.takeover.known import Known
from service.takeover.models import (
    PastClosing,
    PastEntitlement,
    PastJoining,
    PastLeaving,
    PastMove,
    PastOffer,
    PastReferral,
    PastReopening,
    PastWaiver,
    TakenOverCase,
)
from service.takeover.rows import WrittenCase
from workflows.domain.acts import ReferralAct
from workflows.domain.appointments import Appointment
from workflows.domain.basis import Application, Basis, Consent
from workflows.domain.case_acts import Close, OfferCase, Refer, Reopen, Waive
from workflows.domain.directory import check_fit
from workflows.domain.entitlement_acts import RecordEntitlement
from workflows.domain.errors import (
    AgencyUnfit,
    AssigneeMissing,
    EndsBeforeStart,
    MemberGone,
    UnknownEntitlement,
    UnknownStep,
)
from workflows.domain.household_acts import AddMember, RemoveMember
from workflows.domain.legal_rules import ended_by_law
from workflows.domain.pathway import StepDefinition
from workflows.domain.principal import Role
from workflows.domain.referral_state import Source
from workflows.domain.transfer import (
    check_basis,
    check_basis_of_file,
    fields_to_pass_on,
    whose_consent,
)
from workflows.domain.working_days import local_day


class Acts:
    """The messages of one case."""

    def __init__(self, case: TakenOverCase, known: Known, written: WrittenCase) -> None:
        """Take the case, what its names stand for, and the ids that it got."""
        self._case = case
        self._known = known
        self._written = written
        self._members = list(written.members)
        born = (member.birth_date for member in case.household)
        self._born = dict(zip(written.members, born, strict=True))

    def refer(self, act: PastReferral, note_id: UUID | None, named: UUID | None) -> Refer:
        """Return the referral. Raises RuleBroken if agency or basis do not fit.

        ``named``: the agency that was said to be competent, wherever it lies.
        """
        step = self._step(act)
        agency = self._known.agencies[act.agency]
        here = self._case.municipality
        check_fit(
            agency.id,
            agency.legal_area,
            [here] if agency.id == named else agency.municipalities,
            step=step.key,
            legal_area=step.legal_area,
            municipality=here,
        )
        return Refer(
            actor=self._known.people[act.actor],
            referral_id=uuid7(),
            path_id=self.path_id(act.path),
            step=step.key,
            to_agency=agency.id,
            on_board=agency.on_board,
            basis=self._basis(act, step, with_note=note_id is not None),
            fields=fields_to_pass_on(step, with_note=note_id is not None),
            application=self._application(act),
            note_id=note_id,
        )

    def waive(self, act: PastWaiver, note_id: UUID | None) -> Waive:
        """Return the waiver."""
        return Waive(
            actor=self._known.people[act.actor],
            path_id=self.path_id(act.path),
            step=act.step,
            reason=act.reason,
            note_id=note_id,
        )

    def entitlement(self, act: PastEntitlement, cause: str) -> RecordEntitlement:
        """Return what was noted. Raises RuleBroken for a kind that there is not, or odd days."""
        kind = kinds().get(act.kind)
        if kind is None:
            raise UnknownEntitlement(entitlement=act.kind)
        if any(last and last < act.starts_on for last in (act.printed_until, act.effective_until)):
            raise EndsBeforeStart(starts_on=act.starts_on.isoformat())
        noted = kind.entitlement(
            uuid5(UUID(cause), "entitlement"),
            self._member(act.member),
            act.starts_on,
            act.printed_until,
            act.effective_until,
        )
        return RecordEntitlement(
            actor=self._known.people[act.actor],
            entitlement=noted,
            ends=ended_by_law(noted, legal_rules()),
        )

    def _member(self, position: int) -> UUID:
        """Return who has that place; who joined is counted on. Raises MemberGone for nobody."""
        if position >= len(self._members):
            raise MemberGone(member=str(position))
        return self._members[position]

    def joining(self, act: PastJoining, cause: str) -> AddMember:
        """Return how somebody joined the household, who belongs to it from now on."""
        member_id, household = uuid5(UUID(cause), "member"), tuple(self._members)
        self._members.append(member_id)
        self._born[member_id] = act.person.birth_date
        return AddMember(
            actor=self._known.people[act.actor],
            member_id=member_id,
            household=household,
            joined_on=act.joined_on or local_day(act.at),
        )

    def leaving(self, act: PastLeaving, note_id: UUID | None) -> RemoveMember:
        """Return how somebody left it. Raises MemberGone for nobody who was there by then."""
        member_id = self._member(act.member)
        born = self._born.pop(member_id, None)
        left_on = act.left_on or local_day(act.at)
        if born is None or not born <= left_on <= local_day(act.at):
            raise MemberGone(member=str(act.member))
        return RemoveMember(
            actor=self._known.people[act.actor],
            member_id=member_id,
            household=tuple(self._members),
            left_on=left_on,
            reason=act.reason,
            note_id=note_id,
        )

    def offer(self, act: PastOffer, note_id: UUID | None) -> OfferCase:
        """Return the offer of the case. Raises RuleBroken if office or basis do not fit."""
        office, on = self._known.agencies[act.office], local_day(act.at)
        if office.legal_area != INTEGRATION_MANAGEMENT:
            raise AgencyUnfit(agency=str(office.id), step="")
        basis = self._named_basis(act)
        needed = whose_consent(None, self._born, on)
        check_basis_of_file(basis, self._consents(), needed, office.id, office.legal_area, on)
        actor = self._known.people[act.actor]
        return OfferCase(actor=actor, to_office=office.id, basis=basis, note_id=note_id)

    def close(self, act: PastClosing, note_id: UUID | None) -> Close:
        """Return the closing of the case."""
        return Close(actor=self._known.people[act.actor], outcome=act.outcome, note_id=note_id)

    def reopen(self, act: PastReopening, note_id: UUID | None) -> Reopen:
        """Return the opening of the closed case."""
        return Reopen(actor=self._known.people[act.actor], note_id=note_id)

    def move(self, act: PastMove, note_id: UUID | None) -> ReferralAct:
        """Return the act on a referral. Raises RuleBroken if its assignee works elsewhere."""
        return ReferralAct(
            action=act.action,
            actor=self._known.people[act.actor],
            reason=act.reason,
            note_id=note_id,
            assignee=self._assignee(act),
            source=act.source and Source(channel=act.source.channel, on=act.source.on),
            until=act.until,
            party=act.party,
            agency=self._known.agencies[act.agency].id if act.agency else None,
            appointment=act.appointment and Appointment(**dict(act.appointment)),
            outcome=act.outcome,
            next_step=act.next_step,
        )

    def path_id(self, position: int) -> UUID:
        """Return the id of the path at that position."""
        return self._written.draft.paths[position].path_id

    def _step(self, act: PastReferral) -> StepDefinition:
        try:
            return self._known.pathways[act.path].step(act.step)
        except KeyError:
            raise UnknownStep(step=act.step) from None

    def _assignee(self, act: PastMove) -> UUID | None:
        if act.assignee is None:
            return None
        colleague, actor = self._known.people[act.assignee], self._known.people[act.actor]
        is_clerk_there = colleague.role is Role.AGENCY_MEMBER
        if not is_clerk_there or colleague.agency_id != actor.agency_id:
            raise AssigneeMissing(action=act.action)
        return colleague.user_id

    def _named_basis(self, act: PastReferral | PastOffer) -> Basis:
        if act.consent is None:
            return Basis(statute=act.statute)
        return Basis(consent=self._written.consents[act.consent])

    def _basis(self, act: PastReferral, step: StepDefinition, *, with_note: bool) -> Basis:
        agency, on = self._known.agencies[act.agency], local_day(act.at)
        basis = self._named_basis(act)
        member = self._case.paths[act.path].member
        people = self._written.members
        needed = whose_consent(None if member is None else people[member], self._born, on)
        fields = fields_to_pass_on(step, with_note=with_note)
        check_basis(step, fields, basis, self._consents(), needed, agency.id, on)
        return basis

    def _consents(self) -> list[Consent]:
        return [
            Consent(
                id=consent_id,
                member=self._written.members[given.member],
                agency=self._known.agencies[given.agency].id if given.agency else None,
                legal_area=given.legal_area,
                fields=frozenset(str(field) for field in given.fields),
                given_on=given.given_at,
                valid_until=given.valid_until,
            )
            for consent_id, given in zip(self._written.consents, self._case.consents, strict=True)
        ]

    def _application(self, act: PastReferral) -> Application | None:
        if act.application is None:
            return None
        return Application(
            benefit=act.application.benefit,
            office=self._known.agencies[act.application.office].id,
            filed_at=act.application.filed_on,
        )
