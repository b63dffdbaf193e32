"""The page of a referral: whose turn it is, what happened, and only the acts allowed now."""

from datetime import timedelta
from typing import Any

import pytest

from service.engine.engine import Engine, EngineUnavailable
from tests import cast
from tests.pages.conftest import ShiftedClock, SignIn
from tests.world import World, pathway
from workflows.domain.actions import Action


async def test_each_side_is_told_whose_turn_it_is(working: World, sign_in: SignIn) -> None:
    referral = await working.refer(await working.open_case())
    receiver = await (await sign_in(cast.CLARA)).see(f"/referrals/{referral}")
    assert "Sie sind am Zug: Bitte nehmen Sie die Anfrage an" in receiver
    sender = await (await sign_in(cast.ANNA)).see(f"/referrals/{referral}")
    assert "Am Zug: Jobcenter Paderborn muss die Anfrage beantworten." in sender
    assert "bleibt verantwortlich: KIM-Büro A" in sender


async def test_only_the_acts_allowed_now_are_offered(working: World, sign_in: SignIn) -> None:
    referral = await working.refer(await working.open_case())
    browser = await sign_in(cast.CLARA)

    async def offered() -> set[str]:
        page = await browser.see(f"/referrals/{referral}")
        return {
            form.action.rsplit("/", 1)[1] for form in page.forms if "/referrals/" in form.action
        }

    assert await offered() == {"accept", "receive", "claim", "reject", "redirect", "ask"}
    await working.act(referral, Action.ACCEPT)
    on_the_way = {"arrive", "release", "appoint", "no-show", "ask", "hold", "fail"}
    assert await offered() == on_the_way | {"undo"}
    await working.act(referral, Action.ARRIVE)
    at_work = {"complete", "release", "progress", "ask", "hold", "fail"}
    assert await offered() == at_work | {"undo"}
    await working.act(referral, Action.COMPLETE)
    assert await offered() == {"undo"}
    manager = await sign_in(cast.ANNA)
    sender = await manager.see(f"/referrals/{referral}")
    assert "Jobcenter Paderborn meldet: erledigt. Hat es wirklich geklappt?" in sender
    await working.act(referral, Action.CONFIRM)
    sender = await manager.see(f"/referrals/{referral}")
    assert not any("/referrals/" in form.action for form in sender.forms)
    assert "Erledigt. Hier muss niemand mehr etwas tun." in sender


async def test_both_sides_read_the_same_history(working: World, sign_in: SignIn) -> None:
    referral = await working.refer(await working.open_case())
    await working.act(referral, Action.REJECT, reason="no-capacity", note="Im Januar wieder.")
    clerk = await (await sign_in(cast.CLARA)).see(f"/referrals/{referral}")
    manager = await (await sign_in(cast.ANNA)).see(f"/referrals/{referral}")
    assert clerk.part("Verlauf") == manager.part("Verlauf")
    assert "Abgelehnt: keine freien Plätze" in manager.part("Verlauf")
    assert "Im Januar wieder." in manager.part("Verlauf")


async def test_rejecting_needs_a_reason_and_keeps_the_note(working: World, sign_in: SignIn) -> None:
    referral = await working.refer(await working.open_case())
    browser = await sign_in(cast.CLARA)
    form = (await browser.see(f"/referrals/{referral}")).form("/reject")
    page = await browser.send(form, reject__note="Bitte im Januar noch einmal.")
    assert page.status == 422
    assert "Bitte wählen Sie einen Grund, der passt." in page
    form = page.form("/reject")
    assert form.value("reject-note") == "Bitte im Januar noch einmal."
    done = await browser.send(form, reject__reason="no-capacity")
    assert "Abgelehnt. Am Zug: KIM-Büro A" in done


async def test_who_looked_too_long_keeps_what_was_typed(working: World, sign_in: SignIn) -> None:
    referral = await working.refer(await working.open_case())
    browser = await sign_in(cast.CLARA)
    form = (await browser.see(f"/referrals/{referral}")).form("/reject")
    await working.act(referral, Action.CLAIM, cast.KARIM)
    page = await browser.send(form, reject__reason="duplicate", reject__note="Schon im Mai da.")
    assert page.status == 409
    assert "Jemand war schneller" in page
    again = page.form("/reject")
    assert again.value("reject-note") == "Schon im Mai da."
    assert again.value("reject-reason") == "duplicate"


async def test_a_note_for_an_act_that_is_gone_can_still_be_copied(
    working: World, sign_in: SignIn
) -> None:
    referral = await working.refer(await working.open_case())
    browser = await sign_in(cast.CLARA)
    form = (await browser.see(f"/referrals/{referral}")).form("/reject")
    await working.act(referral, Action.ACCEPT, cast.KARIM)
    page = await browser.send(form, reject__reason="duplicate", reject__note="Schon im Mai da.")
    assert page.status == 409
    assert not page.offers("/reject")
    assert "Was Sie geschrieben hatten" in page
    assert "Schon im Mai da." in page


async def test_progress_is_reported_with_a_note(working: World, sign_in: SignIn) -> None:
    referral = await working.refer(await working.open_case())
    for action in (Action.ACCEPT, Action.ARRIVE):
        await working.act(referral, action)
    browser = await sign_in(cast.CLARA)
    form = (await browser.see(f"/referrals/{referral}")).form("/progress")
    page = await browser.send(form)
    assert "Bitte schreiben Sie, was geschehen ist." in page
    done = await browser.send(page.form("/progress"), progress__note="Bescheid ist geschrieben.")
    assert "Bescheid ist geschrieben." in done.part("Verlauf")


async def test_for_an_agency_not_on_board_the_sender_writes_the_answer_down(
    working: World, sign_in: SignIn
) -> None:
    referral = await working.refer(await working.open_case(), "school", "silent-agency")
    browser = await sign_in(cast.ANNA)
    page = await browser.see(f"/referrals/{referral}")
    assert "Anrufen" in page
    assert page.links["05251 000-0"] == "tel:05251000-0"
    missing = await browser.send(page.form("/record"))
    assert missing.status == 422
    assert "Bitte wählen Sie, was die Stelle gesagt hat." in missing
    assert "Bitte geben Sie an, mit wem Sie gesprochen haben." in missing
    done = await browser.send(
        missing.form("/record"),
        **{"record-action": "accept", "record-spoken_to": "Frau Wächter", "record-note": "Freitag"},
    )
    assert "Bitte fragen Sie nach, ob die Familie angekommen ist" in done
    assert "telefonisch, Gespräch mit Frau Wächter" in done.part("Verlauf")


async def test_an_open_gap_is_shown_to_both(
    working: World, sign_in: SignIn, clock: ShiftedClock
) -> None:

    await working.publish(pathway("short", respond="PT1S", remind_before="PT1S"))
    referral = await working.refer(await working.open_case(pathway_key="short"))
    clock.ahead = timedelta(seconds=5)
    for person in (cast.CLARA, cast.ANNA):
        page = await (await sign_in(person)).see(f"/referrals/{referral}", until="Lücke seit")
        assert "keine Antwort" in page


async def test_without_confirmation_the_same_key_is_sent_again(
    working: World, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    referral = await working.refer(await working.open_case())
    browser = await sign_in(cast.CLARA)
    form = (await browser.see(f"/referrals/{referral}")).form("/reject")

    async def silent(*_args: Any) -> None:
        raise EngineUnavailable

    with monkeypatch.context() as patched:
        patched.setattr(Engine, "act_on_referral", silent)
        page = await browser.send(form, reject__reason="duplicate", reject__note="Schon da.")
    assert page.status == 503
    assert "Noch keine Bestätigung" in page
    again = page.form("/reject")
    keys = [value for name, value in again.fields if name == "idempotency_key"]
    assert keys[-1] == form.value("idempotency_key")
    done = await browser.send(again)
    assert "Abgelehnt." in done


async def test_using_an_old_form_for_something_else_is_told(
    working: World, sign_in: SignIn
) -> None:
    referral = await working.refer(await working.open_case())
    for action in (Action.ACCEPT, Action.ARRIVE):
        await working.act(referral, action)
    browser = await sign_in(cast.CLARA)
    form = (await browser.see(f"/referrals/{referral}")).form("/progress")
    await browser.send(form, progress__note="Eins.")
    page = await browser.send(form, progress__note="Zwei.")
    assert page.status == 409
    assert "Dieses Formular war schon abgeschickt" in page
    assert page.form("/progress").value("progress-note") == "Zwei."


async def test_the_chain_of_requests_is_linked(working: World, sign_in: SignIn) -> None:
    case = await working.open_case()
    first = await working.refer(case)
    await working.act(first, Action.REJECT, reason="no-capacity")
    browser = await sign_in(cast.ANNA)
    page = await browser.see(f"/cases/{case}", until="Erneut anfragen")
    asked = await browser.see(page.links["Erneut anfragen"])
    assert "behält den Tag, an dem Sie zuerst angefragt haben" in asked
    done = await browser.send(asked.form("&step=job-centre"))
    assert "Die Anfrage ist verschickt." in done
    old = await browser.see(f"/referrals/{first}", until="Ging an eine andere Stelle weiter")
    new = await browser.see(old.links["Ging an eine andere Stelle weiter"])
    assert new.links["Vorherige Anfrage"] == f"/referrals/{first}"
