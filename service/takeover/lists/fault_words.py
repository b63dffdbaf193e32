"""The sentences for every kind of fault: what is wrong, and what to write instead."""

from service.web.i18n import _

FAULTS: dict[str, tuple[str, str]] = {
    # Cells
    "formula-without-value": (
        _("The formula has no result in the file."),
        _("Open the file in the spreadsheet and save it, or write the value itself."),
    ),
    "cell-error": (
        _("The formula shows an error."),
        _("Correct the formula, or write the value itself."),
    ),
    "merged-cells": (
        _("Cells are merged here: it is unclear which row the value belongs to."),
        _("Undo the merging and write the value into each row."),
    ),
    "missing": (_("The cell is empty."), _("Write the value into this cell.")),
    "too-long": (
        _("The text is too long."),
        _("Write at most %(most)s characters."),
    ),
    # Days
    "not-a-date": (
        _("“%(value)s” is not a day of the calendar."),
        _("Write the day like this: 03.11.2025."),
    ),
    "number-for-date": (
        _("“%(value)s” is a number, not a day."),
        _("Format the cell as a date, or write the day like this: 03.11.2025."),
    ),
    "in-the-future": (
        _("%(value)s lies in the future."),
        _("Write a day that has passed, or today."),
    ),
    "too-long-ago": (
        _("%(value)s lies too far back."),
        _("Write a day after %(earliest)s."),
    ),
    "before-birth": (
        _("%(value)s lies before the date of birth."),
        _("Correct this day, or the date of birth."),
    ),
    "out-of-order": (
        _("%(value)s lies before “%(other)s” (%(other_day)s)."),
        _("Write %(other_day)s or a later day."),
    ),
    "day-needed": (
        _("“%(status)s” needs the day on which it happened."),
        _("Write the day, or correct the column “%(column)s”."),
    ),
    "day-against-status": (
        _("This day contradicts the column “%(column)s” (“%(status)s”)."),
        _("Delete the day, or correct the column “%(column)s”."),
    ),
    "start-missing": (
        _("It is not said since when the case runs."),
        _("Write the day on which you took the case on."),
    ),
    # The case
    "reference-twice": (
        _("“%(value)s” stands in row %(other)s already, with a path of its own."),
        _("Write another reference; for a member of that household empty the path's columns."),
    ),
    "household-at-fault": (
        _("Row %(other)s of the same household is at fault, so the household waits as a whole."),
        _("Correct row %(other)s; nothing else needs to be done here."),
    ),
    "household-too-large": (
        _("The household has more than %(most)s people."),
        _("Write at most %(most)s rows for this household."),
    ),
    "unknown-municipality": (
        _("There is no municipality “%(value)s”."),
        _("Write one of these: %(choices)s."),
    ),
    "municipality-elsewhere": (
        _("%(office)s does not look after “%(value)s”."),
        _("Write one of these: %(choices)s."),
    ),
    "unknown-language": (
        _("There is no language “%(value)s”."),
        _("Write languages like these: %(choices)s."),
    ),
    "case-manager-missing": (
        _("It is not said who looks after the case."),
        _("Write one of these accounts: %(choices)s."),
    ),
    "unknown-case-manager": (
        _("There is no account “%(value)s” of a case manager."),
        _("Write one of these accounts: %(choices)s."),
    ),
    "case-manager-elsewhere": (
        _("“%(value)s” works for another office."),
        _("Write one of these accounts: %(choices)s."),
    ),
    "unknown-pathway": (
        _("There is no pathway “%(value)s”."),
        _("Write one of these: %(choices)s."),
    ),
    "unknown-step": (
        _("“%(value)s” is no station of this pathway."),
        _("Write one of these: %(choices)s."),
    ),
    "unknown-status": (
        _("“%(value)s” says nothing about where the station stands."),
        _("Write one of these: %(choices)s."),
    ),
    # The request
    "agency-missing": (
        _("It is not said which agency was asked."),
        _("Write one of these: %(choices)s."),
    ),
    "unknown-agency": (
        _("There is no agency “%(value)s”."),
        _("Write one of these: %(choices)s."),
    ),
    "agency-of-another-area": (
        _("“%(value)s” has nothing to do with this station."),
        _("Write one of these: %(choices)s."),
    ),
    "agency-elsewhere": (
        _("“%(value)s” does not serve this municipality."),
        _("Write one of these: %(choices)s."),
    ),
    "not-requested": (
        _("This belongs to a request, and the station has not been requested."),
        _("Delete it, or write when the station was requested."),
    ),
    "basis-missing": (
        _("It is not said on what basis data was passed on."),
        _("Write one of these: %(choices)s."),
    ),
    "unknown-basis": (
        _("“%(value)s” does not permit passing data on for this station."),
        _("Write one of these: %(choices)s."),
    ),
    "basis-not-in-force": (
        _("“%(value)s” was not in force on %(day)s."),
        _("Write the basis that held on that day."),
    ),
    "consent-undated": (
        _("It is not said when the person consented."),
        _("Write the day of the consent."),
    ),
    "consent-too-late": (
        _("The consent of %(value)s was given after the request (%(day)s)."),
        _("Write the consent on which the request rests."),
    ),
    "consent-over": (
        _("The consent ended on %(value)s, before the request (%(day)s)."),
        _("Write until when the consent held, or another basis."),
    ),
    "against-the-rules": (
        _("The case cannot have run like this."),
        _("Check the station, the agency and the days."),
    ),
    # Agencies
    "bad-key": (
        _("“%(value)s” cannot be a key."),
        _("Write small letters a to z, digits and hyphens, beginning with a letter."),
    ),
    "key-twice": (
        _("“%(value)s” stands in row %(other)s already."),
        _("Delete one of the rows, or write another key."),
    ),
    "unknown-legal-area": (
        _("There is no legal area “%(value)s”."),
        _("Write one of these: %(choices)s."),
    ),
    "legal-area-fixed": (
        _("The agency is here already, for “%(here)s”: what is under way rests on that."),
        _("Write “%(here)s”, or enter the agency anew under another key."),
    ),
    "yes-or-no": (
        _("“%(value)s” is neither yes nor no."),
        _("Write ja or nein."),
    ),
    "address-missing": (
        _("An agency that takes part needs an e-mail address for its inbox."),
        _("Write the address, or “nein” for taking part."),
    ),
    "bad-address": (
        _("“%(value)s” is not an e-mail address."),
        _("Write an address such as eingang@jobcenter.example."),
    ),
    "unreachable": (
        _("An agency that does not take part has to be reached by telephone or fax."),
        _("Write the telephone number."),
    ),
    "bad-capacity": (
        _("“%(value)s” says nothing about free places."),
        _("Write frei or voll, or the day until which it is full."),
    ),
    "stays-on-board": (
        _("The agency takes part already, and its people work here."),
        _("Write ja; the administration ends taking part, not a list."),
    ),
    "municipality-stays": (
        _("The agency serves %(here)s already, and requests may be under way there."),
        _("Name these places as well; a list adds places and takes none away."),
    ),
}
