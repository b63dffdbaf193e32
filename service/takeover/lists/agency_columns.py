"""The columns of a list of agencies."""

from service.takeover.sheets.reading import Column

AGENCY_COLUMNS = (
    Column("key", "Schlüssel", ("Kennung", "Kürzel"), required=True),
    Column("name", "Name", ("Stelle", "Bezeichnung", "Behörde"), required=True),
    Column("legal_area", "Rechtsbereich", ("Rechtskreis", "Aufgabe"), required=True),
    Column(
        "municipalities",
        "Gemeinden",
        ("Gemeinde", "Zuständig für", "Orte", "Municipality"),
        required=True,
    ),
    Column("on_board", "dabei", ("Dabei (ja/nein)", "nimmt teil", "Takes part")),
    Column(
        "queue_address",
        "E-Mail der Eingangsstelle",
        ("E-Mail", "Mail", "Postfach", "E-mail of the inbox"),
    ),
    Column("telephone", "Telefon", ("Tel.", "Telefonnummer", "Phone")),
    Column("fax", "Fax", ("Telefax", "Faxnummer")),
    Column("capacity", "Plätze", ("Freie Plätze", "Aufnahme", "Places")),
)
