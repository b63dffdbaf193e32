"""The columns of a list of cases."""

from service.takeover.sheets.reading import Column

CASE_COLUMNS = (
    Column(
        "reference",
        "Aktenzeichen",
        ("Az", "Aktennummer", "Fallnummer", "Fall-Nr.", "Case number"),
        required=True,
    ),
    Column("given_name", "Vorname", ("Vornamen", "Rufname", "First name"), required=True),
    Column(
        "family_name",
        "Nachname",
        ("Name", "Familienname", "Zuname", "Last name", "Surname"),
        required=True,
    ),
    Column(
        "birth_date",
        "Geburtsdatum",
        ("geb.", "geb. am", "geboren am", "Geburtstag", "Date of birth"),
        required=True,
    ),
    Column("languages", "Sprachen", ("Sprache", "Muttersprache", "Language")),
    Column(
        "municipality",
        "Gemeinde",
        ("Ort", "Wohnort", "Kommune", "Stadt", "AGS", "Gemeindeschlüssel"),
        required=True,
    ),
    Column(
        "case_manager",
        "Case Management",
        ("Case Manager", "Case Managerin", "Case Manager/in", "Fallmanagement", "Konto", "Account"),
    ),
    Column(
        "pathway", "Integrationspfad", ("Pfad", "Weg", "Integrationsweg", "Pathway"), required=True
    ),
    Column("step", "Station", ("Aktuelle Station", "Schritt", "Current step"), required=True),
    Column("also_done", "Auch erledigt", ("Weitere erledigte Stationen", "Also done")),
    Column("status", "Stand", ("Status", "Sachstand", "Stand der Station")),
    Column("since", "Fall seit", ("Fallbeginn", "Beginn", "eröffnet am", "Case since")),
    Column("agency", "Stelle", ("Behörde", "Amt", "Angefragte Stelle")),
    Column("requested", "Angefragt am", ("Anfrage am", "Anfrage vom", "Angefragt", "Requested on")),
    Column("accepted", "Angenommen am", ("Zusage am", "Angenommen", "Accepted on")),
    Column("arrived", "Angekommen am", ("Angekommen", "Arrived on")),
    Column("completed", "Erledigt am", ("Abgeschlossen am", "Erledigt", "Completed on")),
    Column("basis", "Grundlage", ("Rechtsgrundlage", "Grundlage der Übermittlung", "Legal basis")),
    Column("consent_on", "Einwilligung vom", ("Einwilligung am", "Consent given on")),
    Column("consent_until", "Einwilligung bis", ("Einwilligung gültig bis", "Consent until")),
    Column("note", "Notiz an die Stelle", ("Notiz", "Note to the agency")),
)
"""In the order of the template. The keys themselves are known as English headings."""

ABOUT_THE_PATH = (
    *("pathway", "step", "also_done", "status", "since", "agency", "requested", "accepted"),
    *("arrived", "completed", "basis", "consent_on", "consent_until", "note"),
)
"""Empty in the row of a further member of the household."""
