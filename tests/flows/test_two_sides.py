"""What happens between two agencies beside the straight way, through the browser."""

from datetime import UTC, date, datetime
from uuid import UUID

from tests.flows.conftest import Arrive
from tests.flows.office import BRANCH
from workflows.domain.working_days import add_working_days, local_day


def in_working_days(number: int) -> str:
    """Return a day to come, as a date field takes it."""
    day: date = add_working_days(local_day(datetime.now(UTC)), number)
    return day.isoformat()


async def test_a_question_changes_sides_and_its_answer_changes_them_back(
    arrive: Arrive, request_id: UUID
) -> None:
    lena, anna = await arrive("lena"), await arrive("anna")
    await lena.opens(request_id)
    await lena.unfold("ask")
    await lena.fill("ask-note", "Liegt ein gültiger Pass vor?")
    await lena.sends("ask")
    await lena.sees("muss Ihre Rückfrage beantworten")

    await anna.visit("/my-day")
    await anna.sees("Titel erteilen")
    await anna.opens(request_id)
    await anna.sees("Sie sind am Zug")
    await anna.sees("Liegt ein gültiger Pass vor?")
    await anna.fill("answer-note", "Ja, bis 2031.")
    await anna.sends("answer")

    await lena.opens(request_id)
    await lena.sees("Sie sind am Zug")
    await lena.sees_in("Verlauf", "Ja, bis 2031.")


async def test_not_competent_twice_leads_to_a_case_conference_and_on(
    arrive: Arrive, request_id: UUID
) -> None:
    lena, tobias = await arrive("lena"), await arrive("tobias")
    anna, heike = await arrive("anna"), await arrive("heike")
    await lena.opens(request_id)
    await lena.unfold("redirect")
    await lena.choose("redirect-agency", "auslaenderbehoerde-kreis")
    await lena.sends("redirect")
    await anna.opens(request_id)
    await anna.follows("Erneut anfragen")
    await anna.sees("Zuständig ist laut dieser Stelle: Ausländerbehörde")
    await anna.click("Anfrage senden")
    await anna.follows("Titel erteilen")
    second = await anna.is_at_a_request()

    await tobias.opens(second)
    await tobias.sees_in("Wer angefragt wurde", "nicht zuständig · nannte")
    await tobias.unfold("redirect")
    await tobias.choose("redirect-agency", "auslaenderbehoerde-stadt")
    await tobias.sends("redirect")

    await anna.opens(second)
    await anna.sees("Zweimal war eine Stelle nicht zuständig")
    await heike.opens(request_id)
    await heike.sees_in("Fallkonferenz", "noch offen")
    await anna.sends("confer")
    await anna.sees("Bitte wählen Sie eine Stelle oder den nächsten rechtlichen Schritt.")
    await anna.choose("confer-agency", "auslaenderbehoerde-stadt")
    await anna.fill("confer-note", "Die Stadt übernimmt, weil die Familie dort wohnt.")
    await anna.sends("confer")

    await heike.opens(request_id)
    await heike.sees_in("Fallkonferenz", "übernimmt die Station")
    await heike.sees_in("Fallkonferenz", "weil die Familie dort wohnt")
    await anna.follows("Erneut anfragen")
    await anna.click("Anfrage senden")
    await anna.follows("Titel erteilen")
    assert await anna.is_at_a_request() not in {request_id, second}
    await anna.sees_in("Wer angefragt wurde", "diese Anfrage")


async def test_what_is_rejected_goes_to_another_agency_that_fits(
    arrive: Arrive, request_id: UUID
) -> None:
    lena, anna = await arrive("lena"), await arrive("anna")
    await lena.opens(request_id)
    await lena.unfold("reject")
    await lena.sends("reject")
    await lena.sees("Bitte wählen Sie einen Grund")
    await lena.choose("reject-reason", "no-capacity")
    await lena.sends("reject")

    await anna.opens(request_id)
    await anna.sees("Sie sind am Zug: Die Anfrage kam zurück.")
    await anna.follows("Erneut anfragen")
    await anna.choose("agency", BRANCH)
    await anna.click("Anfrage senden")
    await anna.follows("Titel erteilen")
    await anna.sees("05251 000-77")
    await anna.choose("record-action", "accept")
    await anna.fill("record-spoken_to", "Frau Ay, Zimmer 3")
    await anna.sends("record")
    await anna.sees("Angenommen")


async def test_a_hold_waits_for_the_family_until_either_side_goes_on(
    arrive: Arrive, request_id: UUID
) -> None:
    lena, anna = await arrive("lena"), await arrive("anna")
    await lena.opens(request_id)
    await lena.click("Annehmen")
    await lena.unfold("hold")
    await lena.choose("hold-party", "client")
    await lena.choose("hold-reason", "documents-missing")
    await lena.fill("hold-until", in_working_days(8))
    await lena.sends("hold")
    await lena.sees("Angehalten: Sie warten auf die Familie.")

    await anna.opens(request_id)
    await anna.sees("wartet auf die Familie")
    await anna.sends("resume")

    await lena.opens(request_id)
    await lena.sees("Sie sind am Zug: Bestätigen Sie die Ankunft")


async def test_a_missed_appointment_is_followed_by_a_new_one(
    arrive: Arrive, request_id: UUID
) -> None:
    lena, anna = await arrive("lena"), await arrive("anna")
    await lena.opens(request_id)
    await lena.click("Annehmen")
    await lena.sends("no-show")
    await lena.sees("Die Familie kam nicht")
    await anna.opens(request_id)
    await anna.sees("Bitte finden Sie heraus, warum")

    await lena.unfold("appoint")
    await lena.fill("appoint-day", in_working_days(4))
    await lena.fill("appoint-time", "09:30")
    await lena.choose("appoint-interpreter", "ti")
    await lena.sends("appoint")
    await lena.sees("Sie erwarten die Familie am")

    await anna.opens(request_id)
    await anna.sees("9:30 Uhr")
    await anna.sees("Dolmetschen: Tigrinya")


async def test_an_objection_opens_the_request_again(arrive: Arrive, request_id: UUID) -> None:
    lena, anna = await arrive("lena"), await arrive("anna")
    await lena.opens(request_id)
    for act in ("Annehmen", "Ankunft bestätigen", "Wirkung bestätigen"):
        await lena.click(act)
    await anna.opens(request_id)
    await anna.sees("Hat es wirklich geklappt?")
    await anna.unfold("dispute")
    await anna.choose("dispute-reason", "did-not-happen")
    await anna.fill("dispute-note", "Der Titel ist nicht angekommen.")
    await anna.sends("dispute")

    await lena.opens(request_id)
    await lena.sees("Sie sind am Zug")
    await lena.sees_in("Verlauf", "Der Titel ist nicht angekommen.")
    await lena.click("Wirkung bestätigen")
    await anna.opens(request_id)
    await anna.sends("confirm")
    await anna.sees("Hier muss niemand mehr etwas tun.")
