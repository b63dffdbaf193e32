"""What a house says about itself."""

from tests.accessibility.visit import DONE, ERROR, Visit, sent


def visits_of_agencies() -> list[Visit]:
    """Return the visits."""
    page = "/our-agency"
    room, closing, mail = f"{page}/capacity", f"{page}/closing-days", f"{page}/mail"
    remove = f"{closing}/remove"
    long_ago = {"full-until": "2020-01-01"}
    return [
        Visit("our agency, to a clerk", f"GET {page}", "jonas", page, "[name=room]"),
        Visit(
            "no room, until a day long ago",
            f"POST {room}",
            "gudrun",
            page,
            ERROR,
            sent(room, room="full", **long_ago),
            422,
        ),
        Visit(
            "closing days, none typed", f"POST {closing}", "gudrun", page, ERROR, sent(closing), 422
        ),
        Visit(
            "closing days entered",
            f"POST {closing}",
            "gudrun",
            page,
            DONE,
            sent(closing, first="2027-05-07"),
        ),
        Visit("closing day taken out", f"POST {remove}", "gudrun", page, DONE, sent(remove)),
        Visit("mail agreed on", f"POST {mail}", "gudrun", page, DONE, sent(mail)),
    ]
