"""Broken rules, by name. The service turns each into a sentence for the person who met it."""

from typing import ClassVar


class RuleBroken(Exception):
    """Base of all: an act was refused and nothing was changed.

    ``params`` are codes and opaque ids only, never names: a refusal travels through the engine.
    """

    code: ClassVar[str]

    def __init__(self, **params: str) -> None:
        """Take what the sentence for the person needs."""
        super().__init__(f"{self.code} {params}" if params else self.code)
        self.params = params


class IllegalMove(RuleBroken):
    """The status does not allow this act: ``action``, ``status``."""

    code = "illegal-move"


class NotInvolved(RuleBroken):
    """The act belongs to the other side, to another role or to nobody here: ``action``."""

    code = "not-involved"


class StaleView(RuleBroken):
    """Somebody else acted since the person looked: ``action``, ``status``."""

    code = "stale-view"


class AlreadyClaimed(RuleBroken):
    """A colleague works on it: ``by`` (user id)."""

    code = "already-claimed"


class AssigneeMissing(RuleBroken):
    """Work is handed to somebody, so somebody has to be named: ``action``."""

    code = "assignee-missing"


class ReasonMissing(RuleBroken):
    """The act needs one of the reasons of its kind: ``action``."""

    code = "reason-missing"


class SourceMissing(RuleBroken):
    """An answer recorded for an agency that is not on board must say how it came: ``action``."""

    code = "source-missing"


class ConferenceResultMissing(RuleBroken):
    """A case conference ends with an agency or with the next legal step: ``action``."""

    code = "conference-result-missing"


class NoteMissing(RuleBroken):
    """The act says something that has to be written down: ``action``."""

    code = "note-missing"


class PartyMissing(RuleBroken):
    """A hold waits for somebody: the sender, the client or a third party: ``action``."""

    code = "party-missing"


class DayUnfit(RuleBroken):
    """The day is missing, lies in the past or too far ahead: ``action``, ``latest`` (ISO day)."""

    code = "day-unfit"


class AppointmentUnfit(RuleBroken):
    """An appointment is missing, lies in the past or too far ahead: ``action``."""

    code = "appointment-unfit"


class AppointmentAhead(RuleBroken):
    """Nobody can have missed an appointment that is still to come: ``action``."""

    code = "appointment-ahead"


class CompetentAgencyMissing(RuleBroken):
    """Who is not competent names another agency that is: ``action``."""

    code = "competent-agency-missing"


class NothingToUndo(RuleBroken):
    """The latest act cannot be taken back, or is somebody else's: ``action``."""

    code = "nothing-to-undo"


class UndoTooLate(RuleBroken):
    """The minutes have passed in which an act can be taken back: ``action``."""

    code = "undo-too-late"


class UnknownStep(RuleBroken):
    """The case has no such step: ``step``."""

    code = "unknown-step"


class StepNotDue(RuleBroken):
    """The step cannot be referred or waived now: ``step``, ``status``."""

    code = "step-not-due"


class AgencyUnfit(RuleBroken):
    """The agency does not serve the step's legal area there: ``agency``, ``step``."""

    code = "agency-unfit"


class BasisMissing(RuleBroken):
    """Neither a consent nor a statute covers this transfer: ``step``."""

    code = "basis-missing"


class NoteNotCovered(RuleBroken):
    """The consent covers the step's data, but no note: ``step``."""

    code = "note-not-covered"


class StepsOpen(RuleBroken):
    """The case cannot be closed while agencies work on it: ``count``."""

    code = "steps-open"


class UnknownEntitlement(RuleBroken):
    """The case keeps no such entitlement: ``entitlement`` (id)."""

    code = "unknown-entitlement"


class EndsBeforeStart(RuleBroken):
    """An entitlement cannot end before its first day: ``starts_on`` (ISO day)."""

    code = "ends-before-start"


class EntitlementsFull(RuleBroken):
    """One case keeps no more entitlements than this: ``most``."""

    code = "entitlements-full"


class PathRunsAlready(RuleBroken):
    """The same path runs for the same member: ``pathway``."""

    code = "path-runs-already"


class PathsFull(RuleBroken):
    """One case has no more paths than this: ``most``."""

    code = "paths-full"


class MemberGone(RuleBroken):
    """Whoever has left the household gets nothing new: ``member`` (person id)."""

    code = "member-gone"


class LastMember(RuleBroken):
    """A household without anybody is no case: its last member cannot leave it."""

    code = "last-member"


class RequestsOpen(RuleBroken):
    """Agencies have steps of the member's own paths: ``count`` of them."""

    code = "requests-open"


class HouseholdFull(RuleBroken):
    """One case keeps no more people than this, whoever has left among them: ``most``."""

    code = "household-full"


class UnknownPath(RuleBroken):
    """The case has no such path."""

    code = "unknown-path"


class VersionNotNewer(RuleBroken):
    """A path moves to a later version of its own pathway only: ``version`` (its own)."""

    code = "version-not-newer"


class StepUnderWay(RuleBroken):
    """The version has no such step any more, and it is under way: ``step``."""

    code = "step-under-way"


class StepNeverDue(RuleBroken):
    """On that version a step of this path would wait for ever: ``step``."""

    code = "step-never-due"


RULES: dict[str, type[RuleBroken]] = {rule.code: rule for rule in RuleBroken.__subclasses__()}
"""Every rule by its code."""
