"""The web foundation: the application, who visits, languages, templates, refusals, static files."""
