"""Files with one thing wrong each, as people make them: where it stands, and what they are told."""

from dataclasses import dataclass

from service.pathways.checking import LARGEST
from tests.pathways.definitions import GOOD


@dataclass(frozen=True)
class Broken:
    """The content of a file, the line and column of what is wrong, and a piece of the message.

    ``faults``: so many are named in all.
    """

    content: bytes
    place: str
    sentence: str
    faults: int = 1


def change(old: str, new: str, place: str, sentence: str) -> Broken:
    """Return the good file with one thing changed."""
    if GOOD.count(old) != 1:
        raise AssertionError(f"not exactly once there: {old}")
    return Broken(GOOD.replace(old, new).encode(), place, sentence)


RELEASE = "    release: effect\n"
AFTER = "    after: [first]\n"
RESPOND = "respond: 5 working days"
TITLE = "title: {de: Klein, en: Small}"
FROM = "valid_from: 2020-01-01"
IMPOSSIBLE = "write '5 working days' or an ISO duration like 'PT4H'"

YAML = {
    "list not closed": change(
        "after: [first]", "after: [first", "16:13", "the '[' of line 15 is not closed; write"
    ),
    "fields not closed": change(
        TITLE, "title: {de: Klein, en: Small", "4:8", "the '{' of line 3 is not closed; write"
    ),
    "quotation mark not closed": change(
        "de: Klein", "de: 'Klein", "3:13", "a quotation mark begins here and is not closed"
    ),
    "tab as indentation": change(
        RELEASE, "\trelease: effect\n", "18:1", "a tab stands here; indent with spaces"
    ),
    "tab in front of a value": change(
        "version: 1", "version:\n\t1", "3:1", "a tab stands here; indent with spaces"
    ),
    "indentation that does not fit": change(
        RELEASE, "   release: effect\n", "18:4", "the indentation does not fit; begin in the same"
    ),
    "colon in a text": change(
        "legal_area: schooling",
        "legal_area: the school: now",
        "14:27",
        "a colon cannot stand here; put the whole text into quotation marks",
    ),
    "colon left out": change(
        RELEASE, "    release effect\n", "19:1", "a colon is missing after the name; write"
    ),
    "character that no text begins with": change(
        "version: 1", "version: @1", "2:10", "a text cannot begin with this character; put"
    ),
    "ampersand alone": change("version: 1", "version: & 1", "2:11", "cannot begin with '&' or '*'"),
    "backslash in double quotation marks": change(
        "de: Klein", 'de: "C:\\Klein"', "3:17", "a backslash stands here; double it, or use single"
    ),
    "letter that does not exist": change(
        "de: Klein", 'de: "\\ud800"', "3:13", "a letter here that does not exist; write it anew"
    ),
    "name that does not exist": change(
        TITLE, 'title: {de: K, en: S, "\\udfff": x}', "3:23", "a letter here that does not exist"
    ),
    "list on the line of its name": change(
        "    legal_basis:\n", "    legal_basis: - x\n", "10:18", "a list cannot begin here; write"
    ),
    "text after a block sign": change(
        "version: 1", "version: > 1", "2:12", "after '>' or '|' nothing else can stand"
    ),
    "line that belongs nowhere": Broken(
        GOOD.encode() + b"]\n", "19:1", "the indentation does not fit; begin in the same column"
    ),
    "two pathways in one file": Broken(
        GOOD.encode() + b"---\nkey: other\n", "19:1", "a second pathway begins here; take '---'"
    ),
    "line with a per cent sign": Broken(
        b"%pathway small\n" + GOOD.encode(), "2:1", "this line does not belong to what stands above"
    ),
    "unknown version of YAML": Broken(
        b"%YAML 7.0\n---\n" + GOOD.encode(), "1:1", "a line that begins with '%' cannot stand here"
    ),
    "nested too deeply": Broken(b"steps: " + b"[" * 3000, "1:27", "nested too deeply; check the"),
    "nested too deeply by names": Broken(b"{a: " * 3000, "1:78", "nested too deeply; check the"),
    "too many entries": Broken(
        b"key: small\nsteps: [" + b"a, " * 20_000 + b"]", "2:17994", "there is too much for one"
    ),
    "anchor twice": change(
        TITLE,
        "title: {de: &a Klein, en: &a Small}",
        "3:27",
        "the same name with '&' stands here twice; take it out",
    ),
    "reference": change(
        "summary: {de: Ein kleiner Weg., en: A small path.}",
        "summary: *title",
        "4:10",
        "references (*title) are not allowed; write the content out",
    ),
    "bomb of references": Broken(
        b"a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n" + GOOD.encode(),
        "3:12",
        "references (*b) are not allowed; write the content out",
        faults=7,
    ),
    "merged fields": change(
        TITLE, "title: {<<: {en: S}, de: K, en: S}", "3:9", "title > <<: is not known here"
    ),
    "program code": change(
        "version: 1",
        "version: !!python/object/apply:os.getcwd []",
        "2:10",
        "the tag '!!python/object/apply:os.getcwd' is not allowed; take it out",
    ),
    "word with an exclamation mark": change(
        "version: 1", "version: !one 1", "2:10", "the tag '!one' is not allowed; take it out"
    ),
    "tag of a set": change(
        "[first]", "!!set {first}", "15:12", "the tag '!!set' is not allowed; take it out"
    ),
    "key that stands there twice": change(
        "version: 1",
        "version: 1\nversion: 2",
        "3:1",
        "'version' stands here twice, first in line 2; keep one of both",
    ),
    "name that is a list": change(
        "version: 1", "version: 1\n? [a]\n: b", "3:3", "the name of a field must be a plain word"
    ),
}

WHOLE_FILES = {
    "nothing": Broken(b"", "1:1", "holds no pathway; begin with 'key: …'"),
    "comments only": Broken(b"# later\n", "1:1", "holds no pathway; begin with 'key: …'"),
    "a list": Broken(b"- 1\n", "1:1", "holds no pathway; begin with 'key: …'"),
    "a sentence": Broken(b"Dear all", "1:1", "holds no pathway; begin with 'key: …'"),
    "another encoding": Broken(
        b"key: small\ntitle: Stra\xdfe", "2:12", "is not saved as UTF-8; save it again"
    ),
    "UTF-16": Broken(GOOD.encode("utf-16"), "1:1", "is not saved as UTF-8; save it again"),
    "byte order mark": Broken(
        b"\xef\xbb\xbf" + GOOD.encode(), "1:1", "begins with a byte order mark; save it as 'UTF-8'"
    ),
    "a picture": Broken(
        b"\x89PNG\r\n\x1a\n\x00\x00", "1:1", "is not saved as UTF-8; save it again"
    ),
    "control characters": Broken(
        b"key: small\nversion: \x00", "2:10", "a character here that YAML does not allow; take it"
    ),
    "a little too large": Broken(b"#" * (LARGEST + 1), "1:1", "is larger than 200 kB; this cannot"),
    "ten megabytes": Broken(
        GOOD.encode() + b"#" * 10_000_000, "1:1", "is larger than 200 kB; this cannot be a pathway"
    ),
}

MODEL = {
    "missing field": change(
        "    legal_area: schooling\n",
        "",
        "12:5",
        "steps > second > legal_area: is missing; write 'legal_area: residence'",
    ),
    "missing steps": Broken(
        GOOD.split("steps:")[0].encode(), "1:1", "steps: is missing; write 'steps: …'"
    ),
    "no steps": Broken(
        (GOOD.split("steps:")[0] + "steps: []\n").encode(), "5:1", "steps: must have at least 1;"
    ),
    "unknown field much like a known one": change(
        RELEASE,
        "    releese: effect\n",
        "18:5",
        "steps > second > releese: is not known here; did you mean 'release'?",
    ),
    "unknown field": change(
        "version: 1", "version: 1\ncolour: blue", "3:1", "colour: is not known here; take it out. "
    ),
    "unknown agencies": change(
        "legal_area: schooling",
        "legal_area: shooling",
        "14:5",
        "no agency has the legal area 'shooling'; did you mean 'schooling'? Known are registration",
    ),
    "unknown release point": change(
        "release: effect",
        "release: efect",
        "18:5",
        "steps > second > release: must be one of: 'arrival' or 'effect'; did you mean 'effect'?",
    ),
    "unknown household role": change(
        RELEASE,
        "    household_role: parent\n",
        "18:5",
        "household_role: must be one of: 'adult' or 'child'",
    ),
    "unknown fact about the household": change(
        RELEASE,
        "    when: [has-dog]\n",
        "18:12",
        "steps > second > when > no. 1: must be one of: 'has-adult', 'has-child-of-school-age'",
    ),
    "field that is not passed on": change(
        RELEASE,
        "    fields: [name, birthdate]\n",
        "18:20",
        "steps > second > fields > no. 2: must be one of: 'name', 'birth_date',",
    ),
    "text in one language": change(
        TITLE, "title: {de: Klein}", "3:1", "title > en: is missing; write 'en: Admission"
    ),
    "text instead of texts": change(
        TITLE, "title: Klein", "3:1", "title: write a text in each language: {de: …, en: …}"
    ),
    "empty text": change(
        "de: Klein", "de: ''", "3:9", "title > de: is too short; write at least 1"
    ),
    "endless text": change(
        "de: Klein", f"de: {'Klein ' * 100}", "3:9", "title > de: is too long; write at most 500"
    ),
    "word that YAML takes for something else": change(
        "en: Small", "en: No", "3:20", "title > en: must be a text; put it into quotation marks"
    ),
    "malformed key": change(
        "key: second",
        "key: Zweite Station",
        "12:5",
        "steps > Zweite Station > key: must be lower-case letters, digits and hyphens",
    ),
    "version that is no number": change(
        "version: 1", "version: one", "2:1", "version: must be a whole number like 1"
    ),
    "version zero": change("version: 1", "version: 0", "2:1", "version: must be at least 1"),
    "key that is not the file's name": change(
        "key: small", "key: smaller", "1:1", "but the file is named after 'small'; make both equal"
    ),
    "yes that is none": change(
        RELEASE, "    optional: perhaps\n", "18:5", "optional: must be true or false"
    ),
    "list that is none": change(
        RELEASE, "    fields: name\n", "18:5", "steps > second > fields: must be a list; write [one"
    ),
    "step that is none": change(
        "  - key: second\n", "  - third\n  - key: second\n", "12:5", "steps > no. 2: write a step:"
    ),
}

ORDER = {
    "two steps of one name": change(
        "key: second", "key: first", "12:5", "keys must be unique: 'first' is one already; choose"
    ),
    "step after an unknown one": change(
        "after: [first]",
        "after: [frist]",
        "15:13",
        "steps > second > after > no. 1: there is no step 'frist'; did you mean 'first'?",
    ),
    "step after any unknown one": change(
        "after: [first]",
        "after: {any: [first, heaven]}",
        "15:26",
        "after > any > no. 2: there is no step 'heaven'; the steps are first, second",
    ),
    "step after itself": change(
        "after: [first]",
        "after: [second]",
        "15:5",
        "these steps wait for each other: second; take one out of 'after'",
    ),
    "steps in a circle": change(
        "    legal_area: residence\n",
        "    legal_area: residence\n    after: [second]\n",
        "9:5",
        "these steps wait for each other: first, second; take one out of 'after'",
    ),
    "circle in some households only": change(
        "    legal_area: residence\n",
        "    legal_area: residence\n    when: [has-adult]\n"
        "    statutes: []\n"
        "  - {key: third, title: {de: Drei, en: Three}, legal_area: health, statutes: [],\n"
        "     after: {any: [first, fourth]}}\n"
        "  - key: fourth\n    title: {de: Vierte, en: Fourth}\n    legal_area: health\n"
        "    after: [third]\n",
        "12:6",
        "these steps wait for each other: third, fourth, where first is passed over; take one",
    ),
    "malformed order": change(
        "after: [first]",
        "after: first",
        "15:5",
        "steps > second > after: write a list of steps, or 'all:' or 'any:' followed by one",
    ),
    "order of another kind": change(
        "after: [first]",
        "after: {some: [first]}",
        "15:13",
        "write a list of steps, or 'all:' or 'any:' followed by one",
    ),
}

DEADLINES = {
    "term in plain words": change(RESPOND, "respond: soon", "17:13", "'soon' is no term: write '5"),
    "term without a unit": change(RESPOND, "respond: 5", "17:13", IMPOSSIBLE),
    "term of no day": change(RESPOND, "respond: 0 working days", "17:13", IMPOSSIBLE),
    "term before the beginning": change(RESPOND, "respond: -3 working days", "17:13", IMPOSSIBLE),
    "term of years": change(RESPOND, "respond: 300 working days", "17:13", "must be at most 260"),
    "duration of years": change(RESPOND, "respond: P3Y", "17:13", "must be at most 365 days"),
    "duration of nothing": change(RESPOND, "respond: PT0S", "17:13", IMPOSSIBLE),
    "unknown term": change(
        RESPOND, "responds: 5 working days", "17:13", "is not known here; did you mean 'respond'?"
    ),
    "reminder that never comes": change(
        RESPOND,
        "respond: 5 working days, remind_before: 8 working days",
        "17:13",
        "respond: is shorter than remind_before (8 working days), so that nobody is reminded",
    ),
    "everyone before the supervisor": change(
        RESPOND,
        "supervisor_after: 8 working days",
        "17:13",
        "everyone would hear (5 working days) before the supervisor (8 working days); exchange",
    ),
}

RULES = {
    "missing basis": change(
        "    statutes: [{paragraph: § 2 BGB}]\n",
        "",
        "12:5",
        "steps > second > statutes: is missing; name the statutes that permit passing the fields",
    ),
    "basis without a paragraph": change(
        "{paragraph: § 2 BGB}", "{checked: false}", "16:16", "paragraph: is missing; write"
    ),
    "basis in plain words": change(
        "[{paragraph: § 2 BGB}]",
        "[§ 2 BGB]",
        "16:16",
        "steps > second > statutes > no. 1: write a paragraph with valid_from, valid_to and",
    ),
    "rule that ends before it begins": change(
        "valid_to: null",
        "valid_to: 2019-12-31",
        "11:54",
        "legal_basis > no. 1 > valid_to: lies before valid_from; exchange both, or take one out",
    ),
    "date that is none": change(
        FROM, "valid_from: someday", "11:30", "valid_from: must be a date like 2026-01-31"
    ),
    "day that does not exist": change(
        FROM, "valid_from: 2020-02-30", "11:30", "valid_from: must be a date like 2026-01-31"
    ),
    "tick that is none": change(
        "checked: false", "checked: perhaps", "11:70", "checked: must be true or false"
    ),
}

BROKEN = YAML | WHOLE_FILES | MODEL | ORDER | DEADLINES | RULES
