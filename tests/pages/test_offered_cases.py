"""Giving a case to another office, on the pages of both."""

from tests import cast
from tests.pages.conftest import SignIn
from tests.world import World

STATUTE = "statute:§ 69 Abs. 1 Nr. 1 SGB X"


async def test_a_case_is_offered_and_taken_over(working: World, sign_in: SignIn) -> None:
    case = await working.open_case()
    anna, ben = await sign_in(cast.ANNA), await sign_in(cast.BEN)
    form = (await anna.see(f"/cases/{case}")).form("/transfer")

    offered = await anna.send(
        form, transfer__office="office-b", transfer__basis=STATUTE, transfer__note="Umgezogen."
    )

    assert "Der Fall ist angeboten." in offered
    assert "KIM-Büro B soll bis" in offered
    assert "An KIM-Büro B" in (await anna.see("/offered-cases")).part("Von Ihnen angeboten")
    page = await ben.see("/offered-cases")
    assert "KIM-Büro A" in page.part("Ihnen angeboten")
    assert "Umgezogen." in page
    assert "Haddad" not in page.text

    taken = await ben.send(page.form("/accept"))

    assert "Der Fall liegt jetzt bei Ihnen." in taken
    assert "Mariam Haddad" in taken
    assert "Case Management: Ben Brandt, KIM-Büro B" in taken


async def test_declining_leaves_it_where_it_is(working: World, sign_in: SignIn) -> None:
    case = await working.open_case()
    anna, ben = await sign_in(cast.ANNA), await sign_in(cast.BEN)
    form = (await anna.see(f"/cases/{case}")).form("/transfer")
    await anna.send(form, transfer__office="office-b", transfer__basis=STATUTE)

    page = await ben.see("/offered-cases")
    declined = await ben.send(page.form("/decline"), **{f"decline__{case}__note": "Nach Hamm."})

    assert "Abgelehnt." in declined
    assert "Kein Büro bietet Ihnen einen Fall an." in declined
    assert (await anna.see(f"/cases/{case}")).offers("/transfer")


async def test_an_offer_is_taken_back(working: World, sign_in: SignIn) -> None:
    case = await working.open_case()
    anna = await sign_in(cast.ANNA)
    form = (await anna.see(f"/cases/{case}")).form("/transfer")
    offered = await anna.send(form, transfer__office="office-b", transfer__basis=STATUTE)

    back = await anna.send(offered.form("/withdraw-transfer"))

    assert "Das Angebot ist zurückgenommen." in back
    again = await anna.send(offered.form("/withdraw-transfer"), idempotency_key="another")
    assert again.status == 409


async def test_without_office_or_basis_nothing_is_offered_and_the_note_is_kept(
    working: World, sign_in: SignIn
) -> None:
    case = await working.open_case()
    anna = await sign_in(cast.ANNA)
    form = (await anna.see(f"/cases/{case}")).form("/transfer")

    refused = await anna.send(form, transfer__note="Umgezogen.")

    assert refused.status == 422
    assert "Bitte wählen Sie ein Büro." in refused
    assert refused.form("/transfer").value("transfer-note") == "Umgezogen."
    made_up = await anna.send(form, transfer__office="receiver", transfer__basis="statute:§ 1 BGB")
    assert made_up.status == 422


async def test_an_answer_that_comes_too_late_says_so(working: World, sign_in: SignIn) -> None:
    case = await working.open_case()
    anna, ben = await sign_in(cast.ANNA), await sign_in(cast.BEN)
    form = (await anna.see(f"/cases/{case}")).form("/transfer")
    offered = await anna.send(form, transfer__office="office-b", transfer__basis=STATUTE)
    page = await ben.see("/offered-cases")
    await anna.send(offered.form("/withdraw-transfer"))

    late = await ben.send(page.form("/accept"))

    assert late.status == 404


async def test_agencies_and_coordinators_have_no_such_page(sign_in: SignIn) -> None:
    for person in (cast.CLARA, cast.KATJA):
        assert (await (await sign_in(person)).see("/offered-cases")).status == 404
