"""How the story of Father M.'s family has to end."""

from collections import Counter

from tests.story.family import Story
from tests.story.nahtlos import Nahtlos

STEPS_IN_THE_END = {
    "permission": "done",
    "job-search": "done",
    "start": "due",
    "school-advice": "referred",
    "health-check": "due",
}
ACTS_IN_THE_END = {
    "permission": ["request", "accept", "arrive", "progress", "complete"],
    "job-search": ["request", "remind", "overdue", "nudge", "accept", "arrive", "complete"],
    "school-advice": ["request"],
}


def assert_the_end(nahtlos: Nahtlos, story: Story) -> None:
    """Every step where it belongs; every act once, in order."""
    with nahtlos.api("anna") as api:
        case = api.get(f"/cases/{story.case_id}").json()
        steps = {step["key"]: step["status"] for path in case["paths"] for step in path["steps"]}
        assert STEPS_IN_THE_END.items() <= steps.items()
        for key, acts in ACTS_IN_THE_END.items():
            referral = api.get(f"/referrals/{story.referrals[key]}").json()
            done = [event["action"] for event in referral["events"]]
            assert Counter(done) == Counter(acts), key
            assert [event["seq"] for event in referral["events"]] == [*range(1, len(acts) + 1)]


def assert_only_those_whose_turn_it_was_got_mail(nahtlos: Nahtlos) -> None:
    received = Counter((mail["to"], mail["subject"]) for mail in nahtlos.mails())
    reminded = {to for to, subject in received if "fällig" in subject}
    assert reminded == {"eingang@jobcenter-paderborn.example"}
    assert [to for to, subject in received if "Lücke" in subject] == ["eva@kim-stadt.example"]
    assert max(received.values()) == 1
