"""Settings, read once from the environment by the composition root.

Every name carries the prefix ``NAHTLOS_``; ``NAHTLOS_DATABASE_URL`` sets ``database_url``.
A command that is given ``--data DIR`` instead reads the addresses that the embedded stack
left there (see ``service.stack.runfile``).
"""

from pathlib import Path
from typing import Literal

from pydantic import AliasChoices, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Where the outside world is. What is None is provided by the embedded stack."""

    model_config = SettingsConfigDict(env_prefix="NAHTLOS_", extra="ignore", env_ignore_empty=True)

    data: Path = Path(".nahtlos")
    """The one directory that the embedded stack keeps everything in."""

    database_url: SecretStr | None = None
    """``postgresql://USER:PASSWORD@HOST:PORT/NAME?sslmode=…`` of the application role."""

    database_owner_url: SecretStr | None = None
    """The same for the role that owns the tables; only ``nahtlos migrate`` uses it."""

    temporal_address: str | None = None
    """``HOST:PORT`` of the Temporal frontend."""

    temporal_namespace: str = "default"
    temporal_tls: bool = False
    temporal_tls_client_cert: Path | None = None
    temporal_tls_client_key: Path | None = None
    temporal_api_key: SecretStr | None = None

    smtp_url: SecretStr | None = None
    """``smtp://`` (plain), ``smtp+starttls://`` or ``smtps://``, ``USER:PASSWORD@HOST:PORT``."""

    mail_from: str = "nahtlos@localhost"
    """Sender address of every mail."""

    public_url: str = "http://127.0.0.1:8000"
    """How people reach the pages; links in mails start with it."""

    log_format: Literal["json", "text"] | None = None
    """How logs are written; None: text for a terminal, JSON lines for everything else."""

    worker_metrics: str | None = None
    """``HOST:PORT`` where a worker serves its metrics at ``/metrics``; None: it serves none."""

    otlp_endpoint: str | None = Field(
        default=None,
        validation_alias=AliasChoices("otlp_endpoint", "OTEL_EXPORTER_OTLP_ENDPOINT"),
    )
    """Where traces go (OTLP over HTTP); None: none are made. It has OpenTelemetry's own name,
    ``OTEL_EXPORTER_OTLP_ENDPOINT``, because the exporter reads its other variables too."""
