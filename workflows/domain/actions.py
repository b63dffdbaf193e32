"""What people do with a referral, and on which of its two sides they stand."""

from enum import StrEnum


class Action(StrEnum):
    """What a person can do with a referral."""

    RECEIVE = "receive"
    CLAIM = "claim"
    RELEASE = "release"
    ASSIGN = "assign"
    ACCEPT = "accept"
    REJECT = "reject"
    REDIRECT = "redirect"
    ASK = "ask"
    ANSWER = "answer"
    APPOINT = "appoint"
    NO_SHOW = "no-show"
    ARRIVE = "arrive"
    PROGRESS = "progress"
    HOLD = "hold"
    RESUME = "resume"
    COMPLETE = "complete"
    FAIL = "fail"
    CANCEL = "cancel"
    NUDGE = "nudge"
    MOVE_DEADLINE = "move-deadline"
    CONFER = "confer"
    CONFIRM = "confirm"
    DISPUTE = "dispute"
    UNDO = "undo"


class Side(StrEnum):
    """The two agencies of a referral."""

    SENDER = "sender"
    RECEIVER = "receiver"
