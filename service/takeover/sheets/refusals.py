"""Why a whole file is not read: one sentence each, for the person who brought it."""

from service.web.i18n import Translator, _


class FileRefused(Exception):
    """The file cannot be read. ``code`` names the sentence, ``params`` fill it."""

    def __init__(self, code: str, **params: str) -> None:
        """Take the code of a sentence below."""
        super().__init__(code)
        self.code = code
        self.params = params

    def sentence(self, t: Translator) -> str:
        """Return what happened and what to do."""
        return t(SENTENCES[self.code], **self.params)


SENTENCES = {
    "too-large": _(
        "The file is larger than %(limit)s MB: delete what is not needed, or split it into several "
        "files."
    ),
    "too-large-unpacked": _(
        "Unpacked, the file is larger than %(limit)s MB: copy just the rows with content into a "
        "new file."
    ),
    "too-many-rows": _(
        "The table reaches further than %(limit)s rows: copy just the rows with content into a new "
        "file, or split it into several files."
    ),
    "too-many-sheets": _(
        "The workbook has more than %(limit)s sheets: copy the one with your list into a new file."
    ),
    "too-many-merges": _(
        "More than %(limit)s places have merged cells: undo the merging, or copy just the values "
        "into a new file."
    ),
    "empty": _("The file is empty: choose the one with your list."),
    "pdf": _(
        "This is a PDF file: choose the spreadsheet itself, saved as Excel workbook (.xlsx) or CSV."
    ),
    "opendocument": _(
        "This is an OpenDocument file (.ods, .odt): save it as Excel workbook (.xlsx) or CSV."
    ),
    "old-excel": _(
        "This is an old Excel file (.xls), or one with a password: save it as Excel workbook "
        "(.xlsx) without a password."
    ),
    "binary-excel": _(
        "This is a binary Excel workbook (.xlsb): save it as Excel workbook (.xlsx)."
    ),
    "markup": _(
        "This is a web page or an XML file: save it as Excel workbook (.xlsx) or CSV, whatever its "
        "name says."
    ),
    "not-a-table": _(
        "This is not a table that can be read: save it as Excel workbook (.xlsx) or CSV."
    ),
    "damaged": _("The file is damaged: save it anew as Excel workbook (.xlsx) and try again."),
    "no-headings": _(
        "No visible sheet has a row with headings such as %(headings)s: take the template, or "
        "write them above your columns."
    ),
    "headings-missing": _(
        "The row with the headings (row %(row)s) lacks these columns: %(headings)s. Add them, or "
        "take the template."
    ),
    "heading-twice": _("Two columns mean the same: %(headings)s. Delete or rename one of them."),
    "no-rows": _("There is nothing below the headings: choose the file with your list."),
}
