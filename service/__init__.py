"""How people and programs reach the engine: settings, pages, API, tables, worker, command line."""
