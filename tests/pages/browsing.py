"""A browser without JavaScript: it reads the forms of a page and sends them as they are."""

import asyncio
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import httpx

LOOKS = 100
SECONDS_BETWEEN_LOOKS = 0.05


@dataclass
class PageForm:
    """A form with the values that it would send now, and the buttons that send it."""

    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def value(self, name: str) -> str | None:
        """Return what the field holds."""
        return next((value for known, value in self.fields if known == name), None)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self.links: dict[str, str] = {}
        self.words: list[str] = []
        self._form: PageForm | None = None
        self._link: tuple[str, int] | None = None
        self._select: tuple[str, list[tuple[str, bool]]] | None = None
        self._textarea: tuple[str, list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {name: value or "" for name, value in attrs}
        match tag:
            case "form":
                self._form = PageForm(at["action"])
                self.forms.append(self._form)
            case "input" if self._form:
                unchecked = at.get("type") in {"radio", "checkbox"} and "checked" not in at
                if not unchecked:
                    self._form.fields.append((at["name"], at.get("value", "")))
            case "select":
                self._select = (at["name"], [])
            case "option" if self._select:
                self._select[1].append((at["value"], "selected" in at))
            case "textarea":
                self._textarea = (at["name"], [])
            case "button" if self._form:
                self._form.buttons.append((at.get("name", ""), at.get("value", "")))
            case "a":
                self._link = (at["href"], len(self.words))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select" and self._select and self._form:
            name, options = self._select
            chosen = [value for value, selected in options if selected] or [options[0][0]]
            self._form.fields.append((name, chosen[0]))
            self._select = None
        if tag == "textarea" and self._textarea and self._form:
            name, typed = self._textarea
            self._form.fields.append((name, "".join(typed).removeprefix("\n")))
            self._textarea = None
        if tag == "a" and self._link:
            href, begin = self._link
            self.links[" ".join(self.words[begin:])] = href
            self._link = None
        if tag == "form":
            self._form = None

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self._textarea[1].append(data)
        if words := " ".join(data.split()):
            self.words.append(words)


def _joined(words: list[str]) -> str:
    """Return the words as they are read: an element's end makes no gap before a comma or dot."""
    return " ".join(words).replace(" :", ":").replace(" ,", ",").replace(" .", ".")


class Page:
    """A page as a person reads it."""

    def __init__(self, answer: httpx.Response) -> None:
        """Read the answer."""
        reader = _Reader()
        reader.feed(answer.text)
        self.status = answer.status_code
        self.path = answer.url.raw_path.decode()
        self.text = _joined(reader.words)
        self.html = answer.text
        self.forms = reader.forms
        self.links = reader.links

    def __contains__(self, words: str) -> bool:
        """Tell whether the words stand on the page."""
        return words in self.text

    def form(self, action: str) -> PageForm:
        """Return the form that is sent to this address (its end is enough)."""
        found = [form for form in self.forms if form.action.endswith(action)]
        assert found, f"no form for {action}: {[form.action for form in self.forms]}"
        return found[0]

    def offers(self, action: str) -> bool:
        """Tell whether the page has such a form."""
        return any(form.action.endswith(action) for form in self.forms)

    def part(self, heading: str) -> str:
        """Return the text from this heading on, up to the next section."""
        sections = self.html.split("<section")[1:]
        found = [section for section in sections if heading in section.split("</h2>")[0]]
        assert found, f"no section {heading}"
        reader = _Reader()
        reader.feed("<section" + found[0])
        return _joined(reader.words)


class Browser:
    """A signed-in person."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        """Take the client with the person's cookies."""
        self._client = client

    async def see(self, path: str, until: str = "") -> Page:
        """Open a page; again and again until these words stand on it.

        A case hears of what happened to its referrals a moment later.
        """
        for _ in range(LOOKS):
            page = Page(await self._client.get(path, follow_redirects=True))
            if until in page:
                return page
            await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
        raise AssertionError(f"never on {path}: {until}\n{page.text}")

    async def send(self, form: PageForm, **values: Any) -> Page:
        """Send a form with these values typed in, and see where that leads.

        A list stands for several ticks; double underscores for the dashes of a field's name.
        """
        typed = {name.replace("__", "-"): value for name, value in values.items()}
        data: dict[str, list[str]] = {}
        for name, value in form.fields:
            # The server takes the last of two fields of one name, as with a kept key.
            data.setdefault(name, []).append(value)
        for name, value in typed.items():
            data[name] = [str(one) for one in value] if isinstance(value, list) else [str(value)]
        return Page(await self._client.post(form.action, data=data, follow_redirects=True))

    async def upload(self, form: PageForm, *, file: bytes) -> Page:
        """Send a form with a file, and see where that leads."""
        data = {name: value for name, value in form.fields if name != "file"}
        files = {"file": ("list.xlsx", file)}
        answer = await self._client.post(form.action, data=data, files=files, follow_redirects=True)
        return Page(answer)

    async def fetch(self, path: str) -> httpx.Response:
        """Download something that is not a page."""
        return await self._client.get(path)
