"""What the tests of lists share."""

import pytest

from service.web.i18n import Translator, load_translators
from service.web.places import TRANSLATIONS


@pytest.fixture(scope="session")
def translators() -> dict[str, Translator]:
    """Both languages."""
    return load_translators(TRANSLATIONS)
