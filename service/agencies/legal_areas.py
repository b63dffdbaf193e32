"""The legal areas: fields of law with agencies of their own. A step belongs to exactly one."""

from workflows.domain.pathway import Texts

LEGAL_AREAS: dict[str, Texts] = {
    "registration": Texts(de="Meldewesen", en="Registration"),
    "residence": Texts(de="Aufenthalt", en="Residence"),
    "place-of-residence": Texts(de="Wohnsitzregelung", en="Place of residence"),
    "asylum-benefits": Texts(de="Asylbewerberleistungen", en="Asylum seekers' benefits"),
    "basic-income": Texts(de="Grundsicherung für Arbeitsuchende", en="Basic income support"),
    "employment": Texts(de="Arbeitsförderung", en="Employment promotion"),
    "employers": Texts(de="Arbeitgeber", en="Employers"),
    "health": Texts(de="Gesundheit", en="Public health"),
    "health-insurance": Texts(de="Krankenversicherung", en="Health insurance"),
    "psychosocial": Texts(de="Psychosoziale Hilfe", en="Psychosocial help"),
    "schooling": Texts(de="Schule", en="School"),
    "school-supervision": Texts(de="Schulaufsicht", en="School supervision"),
    "youth-welfare": Texts(de="Kinder- und Jugendhilfe", en="Child and youth welfare"),
    "housing": Texts(de="Wohnen", en="Housing"),
    "integration-advice": Texts(de="Integrationsberatung", en="Integration advice"),
    "course-admission": Texts(
        de="Zulassung zum Integrationskurs", en="Admission to integration courses"
    ),
    "integration-courses": Texts(de="Integrationskurse", en="Integration courses"),
    "naturalisation": Texts(de="Einbürgerung", en="Naturalisation"),
    "integration-management": Texts(
        de="Kommunales Integrationsmanagement", en="Municipal integration management"
    ),
}
"""Every legal area by its key, in the order in which pages list them.

The last one is that of the offices whose case managers open cases.
"""


def name_of_legal_area(key: str, language: str) -> str:
    """Return the name for people; a key that is not in the list is shown as it is."""
    names = LEGAL_AREAS.get(key)
    return names.in_language(language) if names else key
