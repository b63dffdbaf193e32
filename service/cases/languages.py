"""The languages that can be chosen for a person, as BCP 47 codes."""

LANGUAGES = (
    *("am", "ar", "bg", "de", "en", "es", "fa", "fr", "hi", "ka", "ku", "ckb", "pl"),
    *("ps", "ro", "ru", "so", "sq", "sr", "sw", "ta", "ti", "tr", "uk", "ur", "vi", "zh"),
)
"""Those that are spoken most among the families; names come from Unicode's own lists (CLDR)."""
