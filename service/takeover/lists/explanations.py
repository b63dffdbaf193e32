"""What each column of a list is for, in the words of the template."""

from service.web.i18n import _

CASES: dict[str, str] = {
    "reference": _(
        "Your own reference for the household. It is taken over once: the same file again changes "
        "nothing. Further people of the household get a row each with the same reference and "
        "nothing about the path."
    ),
    "given_name": _("Of the person whom the path is for."),
    "family_name": _("As in the papers."),
    "birth_date": _("A day such as 03.11.1990, or a date cell."),
    "languages": _("One or more, separated by commas: names or codes such as ar."),
    "municipality": _("Where the household lives: the name or the official key (AGS)."),
    "case_manager": _(
        "Account or name of whoever looks after the case. Empty: whoever uploads the list."
    ),
    "pathway": _("The path that the person is on; see the sheet with the choices."),
    "step": _(
        "The station where the case stands now. Every station that comes before it counts as done."
    ),
    "also_done": _("Further stations that are done, beside the path so far; separated by ;"),
    "status": _(
        "offen (not requested), angefragt, angenommen, angekommen or erledigt. Empty: as the days "
        "say."
    ),
    "since": _("Since when you look after the household. Empty: the day of the request."),
    "agency": _("The agency that was asked: its name or key; see the sheet with the choices."),
    "requested": _("When the station was requested from the agency."),
    "accepted": _("When the agency said yes."),
    "arrived": _("When the person arrived there."),
    "completed": _("When the effect was there: the benefit runs, the child sits in class."),
    "basis": _(
        "On what the transfer of data rests: a paragraph that the station names, or Einwilligung."
    ),
    "consent_on": _("When the person consented, if a consent is the basis."),
    "consent_until": _("Until when the consent holds. Empty: 180 days."),
    "note": _("The agency reads it. Leave out what is not meant for it."),
}

AGENCIES: dict[str, str] = {
    "key": _("A short name for good, of small letters, digits and hyphens: jobcenter-paderborn."),
    "name": _("As people know the agency."),
    "legal_area": _("The field of law; see the sheet with the choices. It cannot change later."),
    "municipalities": _(
        "Where the agency is competent: names or official keys, separated by commas, or alle. A "
        "list adds places and takes none away."
    ),
    "on_board": _("ja: its people work in Nahtlos. nein: it is reached by telephone or fax."),
    "queue_address": _("Mailbox of the whole agency; needed with ja."),
    "telephone": _("With nein, this or the fax is needed."),
    "fax": _("With nein, this or the telephone is needed."),
    "capacity": _("frei, voll, or the day until which it is full."),
}
