"""Where the checkout keeps what the web reads."""

from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
TEMPLATES = CHECKOUT / "templates"
TRANSLATIONS = TEMPLATES / "translations"
OWN_STATIC = TEMPLATES / "static"
NODE_MODULES = CHECKOUT / "node_modules"
